import type { RecordBatch, Schema } from 'apache-arrow';
import { readTexts } from '../../encode/cells/column-texts.js';
import { addUp } from '../../encode/rules/arithmetic.js';
import { textOfCombination } from '../../encode/rules/combination-text.js';
import { rulesOf } from '../../encode/rules/find-rules.js';
import { describeRule, type Rule, type RuleKind } from '../../encode/rules/rule.js';
import { openRuleTable, type RuleColumn, type RuleTable } from '../../encode/rules/rule-table.js';

/** A rule that every real row keeps, and how the synthetic ones do. */
export interface RuleKept {
  /** In words: `end ≥ start`. */
  readonly rule: string;
  /** What it says of its columns. */
  readonly kind: RuleKind;
  /** Real rows that speak for it. */
  readonly rows: number;
  /** Synthetic rows that break it. */
  readonly broken: number;
}

/**
 * Finds the rules that every real row keeps, as training does, and counts the synthetic rows that break
 * each. Rules of columns that the synthetic table lacks are left out.
 */
export async function countBroken(
  real: readonly RecordBatch[],
  synthetic: readonly RecordBatch[],
  signal?: AbortSignal,
): Promise<RuleKept[]> {
  const [schema, other] = [real[0]?.schema, synthetic[0]?.schema];
  if (!schema || !other) return [];
  const rules = await rulesOf(true, schema, real, [], signal);
  const tables = { real: openRuleTable(schema, real), made: openRuleTable(other, synthetic) };
  return rules
    .filter(({ columns }) => columns.every((name) => hasColumn(other, name)))
    .map((rule) => ({
      rule: describeRule(rule),
      kind: rule.kind,
      rows: rule.rows,
      broken: brokenRows(rule, tables.real, tables.made),
    }));
}

const hasColumn = ({ fields }: Schema, wanted: string) =>
  fields.some(({ name }) => name === wanted);

function columnsOf({ columns }: RuleTable, { columns: names }: Rule): RuleColumn[] {
  return names.flatMap((name) => columns.find(({ field }) => field.name === name) ?? []);
}

function brokenRows(rule: Rule, real: RuleTable, made: RuleTable): number {
  const columns = columnsOf(made, rule);
  const isBroken = breaker(rule, columnsOf(real, rule), columns, made.rows);
  let broken = 0;
  for (let row = 0; row < made.rows; row++) if (isBroken(row)) broken++;
  return broken;
}

/** What tells whether a row breaks a rule. */
function breaker(
  rule: Rule,
  real: readonly RuleColumn[],
  made: readonly RuleColumn[],
  rows: number,
): (row: number) => boolean {
  const [first, second] = made as [RuleColumn, RuleColumn];
  switch (rule.kind) {
    case 'combination': {
      const known = new Set(combinationsOf(real));
      const own = combinationsOf(made);
      return (row) => !known.has(own[row] as string);
    }
    case 'order': {
      const later = made.at(-1) as RuleColumn;
      const values = made.map((column) => column.numbers() ?? new Float64Array(rows));
      const last = values.at(-1) as Float64Array;
      return (row) =>
        later.isValid(row) &&
        !values.every((each) => (each[row] as number) <= (last[row] as number));
    }
    case 'nulls':
      return (row) => made.some((column) => column.isValid(row) !== first.isValid(row));
    case 'null-where': {
      const where = new Set(rule.where);
      const texts = readTexts(second.vector);
      return (row) => where.has(texts[row] ?? null) && first.isValid(row);
    }
    case 'sum':
    case 'ratio':
      return differsFromSum(rule, made, rows);
    case 'unique':
      return () => false;
  }
}

function combinationsOf(columns: readonly RuleColumn[]): string[] {
  const texts = columns.map(({ vector }) => readTexts(vector));
  return (texts[0] ?? []).map((_, row) =>
    textOfCombination(texts.map((each) => each[row] ?? null)),
  );
}

/** Relative difference of sums of floats that are equal but for rounding. */
const rounding = 1e-6;

function differsFromSum(
  { factor = 1, decimals }: Rule,
  [total, ...parts]: readonly RuleColumn[],
  rows: number,
): (row: number) => boolean {
  const own = total?.numbers();
  const numbers = parts.flatMap((part) => part.numbers() ?? []);
  if (!own || numbers.length < parts.length) return () => false;
  const sums = addUp(numbers, rows).map((sum) => sum * factor);
  const step = decimals === undefined ? 0 : 0.5 * 10 ** -decimals;
  return (row) => {
    const [a, b] = [own[row] as number, sums[row] as number];
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) !== Number.isNaN(b);
    return Math.abs(a - b) > step + rounding * Math.max(Math.abs(a), Math.abs(b));
  };
}
