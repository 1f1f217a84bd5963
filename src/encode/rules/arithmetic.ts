import { DataType } from 'apache-arrow';
import { wholeBounds } from '../cells/column-types.js';
import { linearRelations } from './linear-relations.js';
import { areNullTogether } from './nulls.js';
import { leastEvidence, type Rule } from './rule.js';
import type { RuleColumn, RuleTable } from './rule-table.js';

/** What two numbers may differ by, as a part of the larger one, to count as equal. */
const tolerance = 1e-9;

/** Columns that sums are looked for among. */
const mostColumns = 60;

/** Whether the numbers of a column are its values to the bit, and none of them is NaN. */
function isExactly(column: RuleColumn): boolean {
  const numbers = column.numbers() ?? new Float64Array(0);
  const size = 10 ** (column.decimals() ?? 0);
  const isFloat = DataType.isFloat(column.field.type);
  let missing = 0;
  for (const value of numbers) {
    if (Number.isNaN(value)) missing++;
    else if (!isFloat && Math.abs(value) * size > Number.MAX_SAFE_INTEGER) return false;
  }
  return missing === column.nulls;
}

/** Whether a computed column may be of the type: temporal ones only as copies. */
const isAmount = (type: DataType) =>
  DataType.isFloat(type) || DataType.isInt(type) || DataType.isDecimal(type);

/** Finds columns that are a constant times another one, copies among them. */
export function findRatios(table: RuleTable, free: (column: RuleColumn) => boolean): Rule[] {
  const columns = table.columns.filter((column) => free(column) && column.numbers());
  const derived = new Set<RuleColumn>();
  const rules: Rule[] = [];
  for (const [k, column] of columns.entries()) {
    if (derived.has(column)) continue;
    for (const other of columns.slice(k + 1)) {
      if (derived.has(other)) continue;
      const rule = ratioRule(other, column, table.rows) ?? ratioRule(column, other, table.rows);
      if (!rule || rule.rows < leastEvidence) continue;
      const computed = rule.columns[0] === other.field.name ? other : column;
      derived.add(computed);
      rules.push(rule);
      if (computed === column) break;
    }
  }
  return rules;
}

/** The rule that `column` is `source` times a constant, if it is. */
export function ratioRule(column: RuleColumn, source: RuleColumn, rows: number): Rule | undefined {
  const [to, from] = [column.numbers(), source.numbers()];
  if (!to || !from || !isExactly(column) || !isExactly(source)) return undefined;
  if (!areNullTogether(column, source, rows)) return undefined;
  const isCopy = String(column.field.type) === String(source.field.type);
  if (!isCopy && !(isAmount(column.field.type) && isAmount(source.field.type))) return undefined;
  const factor = factorOf(from, to);
  if (factor === undefined || (factor !== 1 && !isAmount(column.field.type))) return undefined;
  // Of whole numbers only multiples are exact for every row that may be made.
  if (!DataType.isFloat(column.field.type) && !Number.isInteger(factor)) return undefined;
  if (DataType.isDecimal(column.field.type) && (source.decimals() ?? 99) > (column.decimals() ?? 0))
    return undefined;
  if (!from.every((value, row) => isSame(column, value * factor, to[row] as number)))
    return undefined;
  const names = [column.field.name, source.field.name];
  const evidence = shuffledEvidence(to.filter((value) => !Number.isNaN(value)));
  return { kind: 'ratio', columns: names, rows: evidence, factor, ...decimalsIn(column) };
}

function decimalsIn(column: RuleColumn): { decimals?: number } {
  const decimals = column.decimals();
  return decimals === undefined ? {} : { decimals };
}

/** The factor of the first number that has one, in its shortest form; undefined if it is 0. */
function factorOf(from: Float64Array, to: Float64Array): number | undefined {
  let largest = -1;
  from.forEach((value, row) => {
    const isLarger = Math.abs(value) > Math.abs(from[largest] ?? 0) && Number.isFinite(value);
    if (isLarger) largest = row;
  });
  const factor = (to[largest] as number) / (from[largest] as number);
  if (!Number.isFinite(factor) || factor === 0) return undefined;
  const short = Number(factor.toPrecision(9));
  return isEqual(short * (from[largest] as number), to[largest] as number) ? short : factor;
}

/** Whether a computed number is the one that a column holds; of whole numbers, to the last digit. */
function isSame(column: RuleColumn, computed: number, held: number): boolean {
  if (DataType.isFloat(column.field.type)) return isEqual(computed, held);
  if (Number.isNaN(computed) || Number.isNaN(held)) return Object.is(computed, held);
  return Math.abs(computed - held) * 10 ** (column.decimals() ?? 0) < 0.25;
}

function isEqual(a: number, b: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  return a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

/** Rows that would hold another number if the numbers were in another order. */
function shuffledEvidence(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let same = 0;
  for (const count of counts.values()) same += count * count;
  return Math.floor(values.length - same / Math.max(values.length, 1));
}

/** Finds columns that are the sum of others. */
export function findSums(table: RuleTable, free: (column: RuleColumn) => boolean): Rule[] {
  const columns = table.columns.filter(
    (column) => free(column) && isAmount(column.field.type) && column.numbers(),
  );
  if (columns.length < 3 || columns.length > mostColumns) return [];
  const values = columns.map((column) => column.numbers() as Float64Array);
  const derived = new Set<RuleColumn>();
  return linearRelations(values).flatMap(({ total, parts }) => {
    const [column, ...others] = [total, ...parts].map((k) => columns[k] as RuleColumn) as [
      RuleColumn,
      ...RuleColumn[],
    ];
    if ([column, ...others].some((one) => derived.has(one))) return [];
    const rule = sumRule(column, others, table.rows);
    if (!rule || rule.rows < leastEvidence) return [];
    derived.add(column);
    return [rule];
  });
}

/** The rule that a column is the sum of others, if it is in every row. */
export function sumRule(
  column: RuleColumn,
  parts: readonly RuleColumn[],
  rows: number,
): Rule | undefined {
  const total = column.numbers();
  const all = parts.map((part) => part.numbers());
  if (!total || !isAmount(column.field.type) || all.length < 2 || all.includes(undefined))
    return undefined;
  const sums = addUp(all as Float64Array[], rows);
  if (!sums.every((sum, row) => isSame(column, sum, total[row] as number))) return undefined;
  if (!fitsSums(column.field.type, all as Float64Array[])) return undefined;
  const decimals = parts.map((part) => part.decimals());
  if (
    !DataType.isFloat(column.field.type) &&
    Math.max(...decimals.map((each) => each ?? 99)) > (column.decimals() ?? 0)
  )
    return undefined;
  const bound = decimals.includes(undefined) ? undefined : Math.max(...(decimals as number[]));
  return {
    kind: 'sum',
    columns: [column, ...parts].map(({ field }) => field.name),
    rows: shuffledEvidence(total.filter((value) => !Number.isNaN(value))),
    ...(bound === undefined ? {} : { decimals: bound }),
  };
}

export function addUp(parts: readonly Float64Array[], rows: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) =>
    parts.reduce((sum, part) => sum + (part[row] as number), 0),
  );
}

/** Whether every sum of parts within their bounds is a number of the type. */
function fitsSums(type: DataType, parts: readonly Float64Array[]): boolean {
  const edge = (pick: (a: number, b: number) => number) =>
    parts.reduce(
      (sum, part) => sum + part.reduce((a, b) => (Number.isNaN(b) ? a : pick(a, b)), 0),
      0,
    );
  const [lowest, highest] = [edge(Math.min), edge(Math.max)];
  if (DataType.isFloat(type)) return Number.isFinite(lowest) && Number.isFinite(highest);
  const { minimum, maximum } = wholeBounds(type);
  const size = DataType.isDecimal(type) ? 10 ** type.scale : 1;
  return lowest * size >= Number(minimum) && highest * size <= Number(maximum);
}
