import { Option } from 'commander';
import { conditionShape } from '../gan/conditions/option-shape.js';
import type { CellRange, ConditionReport, Conditions } from '../gan/conditions/options.js';
import { type Console, say } from './console.js';
import { flagOf } from './flag.js';
import { splitPair, unquote } from './names.js';

/** What `conditionOptions` parse to. */
export interface ConditionFlags {
  readonly where?: Readonly<Record<string, string | null | CellRange>> | undefined;
  readonly balance?: string | undefined;
}

/** Options of what synthetic rows are to be like. */
export const conditionOptions = () =>
  [
    new Option(
      '--where <column=value>',
      'a value that every synthetic row has, or null, or a range such as 40..45, 40.. or ..45; texts with =, .. or quotes as JSON: \'"a=b"="null"\'; may be given several times',
    ).argParser(addValue),
    flagOf('--balance <column>', conditionShape.balance),
  ].map((option) => option.helpGroup('Synthetic rows:'));

function addValue(text: string, before: NonNullable<ConditionFlags['where']> = {}) {
  const [name, value] = splitPair(text, 'label=fraud');
  return { ...before, [name]: rangeOf(value) ?? (value === 'null' ? null : unquote(value)) };
}

/** Two bounds with two dots between them, of which one may be left out; undefined for other texts. */
function rangeOf(text: string): CellRange | undefined {
  const bounds = text.includes('"') ? [] : text.split('..');
  if (bounds.length !== 2 || bounds.every((bound) => bound === '')) return undefined;
  // A text such as '...' is none.
  if (bounds.some((bound) => bound.startsWith('.') || bound.endsWith('.'))) return undefined;
  const [from, to] = bounds.map((bound) => (bound === '' ? null : bound));
  return [from ?? null, to ?? null];
}

/** The library's options for what `conditionOptions` parse to. */
export function conditionsFrom({ where, balance }: ConditionFlags): Conditions {
  return { where, balance };
}

/** Tells how well the conditions were met. */
export function sayConditions(console: Console, { rows, hits, outside }: ConditionReport): void {
  if (outside !== undefined) {
    const share = rows === 0 ? 0 : (100 * outside) / rows;
    say(console, `${share.toFixed(1)} % of the rows that were made lay outside of the ranges`);
    // Nothing but ranges was asked for.
    if (hits === rows) return;
  }
  const share = rows === 0 ? 100 : (100 * hits) / rows;
  const others = hits < rows ? '; in the others values were set' : '';
  say(
    console,
    `${share.toFixed(1)} % of the synthetic rows met the conditions by themselves${others}`,
  );
}
