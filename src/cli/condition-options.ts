import { Option } from 'commander';
import { conditionShape } from '../gan/conditions/option-shape.js';
import type { ConditionReport, Conditions } from '../gan/conditions/options.js';
import { type Console, say } from './console.js';
import { flagOf } from './flag.js';
import { splitPair, unquote } from './names.js';

/** What `conditionOptions` parse to. */
export interface ConditionFlags {
  readonly where?: Readonly<Record<string, string | null>> | undefined;
  readonly balance?: string | undefined;
}

/** Options of what synthetic rows are to be like. */
export const conditionOptions = () =>
  [
    new Option(
      '--where <column=value>',
      'a value that every synthetic row has, or null; texts with = or quotes as JSON: \'"a=b"="null"\'; may be given several times',
    ).argParser(addValue),
    flagOf('--balance <column>', conditionShape.balance),
  ].map((option) => option.helpGroup('Synthetic rows:'));

function addValue(text: string, before: Readonly<Record<string, string | null>> = {}) {
  const [name, value] = splitPair(text, 'label=fraud');
  return { ...before, [name]: value === 'null' ? null : unquote(value) };
}

/** The library's options for what `conditionOptions` parse to. */
export function conditionsFrom({ where, balance }: ConditionFlags): Conditions {
  return { where, balance };
}

/** Tells how well the conditions were met. */
export function sayConditions(console: Console, { rows, hits }: ConditionReport): void {
  const share = rows === 0 ? 100 : (100 * hits) / rows;
  const others = hits < rows ? '; in the others values were set' : '';
  say(
    console,
    `${share.toFixed(1)} % of the synthetic rows met the conditions by themselves${others}`,
  );
}
