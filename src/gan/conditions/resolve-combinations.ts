import type { Field, Schema } from 'apache-arrow';
import type { ColumnEncoder } from '../../encode/encoder.js';
import { membersOfCombination } from '../../encode/rules/combination-text.js';
import type { Rule } from '../../encode/rules/rule.js';
import type { PlacedSpan } from '../../encode/table.js';
import { unknownLevel } from '../../encode/values/known-values.js';
import { showText } from '../../encode/values/value.js';
import { InvalidOptionError } from '../../errors.js';
import { balancedShares } from './balance.js';
import { cellText } from './cell-text.js';
import { balanceOf, type ValueConditions } from './options.js';

/** A column of combinations of which each row has one that is drawn. */
export interface DrawnColumn {
  readonly column: number;
  readonly index: number;
  readonly span: PlacedSpan;
  /** Texts of the levels; those from the last code on share it. */
  readonly levels: readonly string[];
  /** Probability of each level. */
  readonly shares: readonly number[];
}

/** What is needed of a model to resolve conditions on the columns of a combination. */
export interface CombinationOf {
  readonly schema: Schema;
  readonly rule: Rule;
  /** Place of the column that combinations are learned as, its encoder, and its span if it has one. */
  readonly column: number;
  readonly encoder: ColumnEncoder;
  readonly placed: { readonly index: number; readonly span: PlacedSpan } | undefined;
}

/** The conditions on the columns of a fixed combination; undefined if there are none. */
export function resolveCombination(
  { schema, rule, column, encoder, placed }: CombinationOf,
  { where = {}, balance }: ValueConditions,
  ratio: number,
): DrawnColumn | undefined {
  const fields = rule.columns.map(
    (name) => schema.fields.find((field) => field.name === name) as Field,
  );
  const { levels, counts } = levelsOf(encoder);
  const members = levels.map((text) => membersOfCombination(text, fields.length) ?? []);
  const wanted = fields.flatMap((field, k) => {
    if (!Object.hasOwn(where, field.name)) return [];
    const text = cellText(field, where[field.name] ?? null);
    const known = [...new Set(members.map((all) => all[k] ?? null))];
    const reason = unknownLevel(field.type, known, text);
    if (reason === undefined) return [{ k, text, field }];
    throw new InvalidOptionError(
      `where.${field.name} was not in the data that the model was trained on: ` +
        `${showText(field.type, text)}. ${reason}`,
    );
  });
  const balanced = balance === undefined ? undefined : balanceOf(balance);
  const place = rule.columns.indexOf(balanced?.column ?? '');
  if (wanted.length === 0 && (place < 0 || !balanced)) return undefined;
  const isMet = members.map((all) => wanted.every(({ k, text }) => (all[k] ?? null) === text));
  if (!isMet.includes(true)) {
    const pairs = wanted.map(({ field, text }) => `${field.name} ${showText(field.type, text)}`);
    throw new InvalidOptionError(
      `where asks for what is never together in the data: ${pairs.join(', ')}. Ask for less, or ` +
        'train with rules: false',
    );
  }
  if (!placed) return undefined;
  const weights = counts.map((count, level) => (isMet[level] ? count : 0));
  if (place < 0 || !balanced) return { column, ...placed, levels, shares: toShares(weights) };
  if (wanted.length > 0) {
    throw new InvalidOptionError(
      `where and balance both speak of one fixed combination: ${rule.columns.join(', ')}. Leave one ` +
        'of them out, or train with rules: false',
    );
  }
  const texts = members.map((all) => all[place] ?? null);
  const values = [...new Set(texts)];
  const rows = values.map((value) =>
    counts.reduce((sum, count, level) => (texts[level] === value ? sum + count : sum), 0),
  );
  const shares = balancedShares(rows, values, balanced.shares, ratio, balanced.column);
  return {
    column,
    ...placed,
    levels,
    shares: texts.map((text, level) => {
      const value = values.indexOf(text);
      return ((shares[value] as number) * (counts[level] as number)) / (rows[value] as number);
    }),
  };
}

function levelsOf(encoder: ColumnEncoder): { levels: string[]; counts: number[] } {
  const { levels, counts, value } = encoder.toJSON();
  if (Array.isArray(levels)) return { levels: levels as string[], counts: counts as number[] };
  return { levels: [String(value)], counts: [1] };
}

function toShares(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
