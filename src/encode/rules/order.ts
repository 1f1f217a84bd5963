import { DataType } from 'apache-arrow';
import { readTexts } from '../cells/column-texts.js';
import { leastEvidence, type Rule } from './rule.js';
import type { RuleColumn, RuleTable } from './rule-table.js';

/**
 * Finds columns that are never below others of their type: an end that is not before its start.
 *
 * Of columns that are ordered among each other only the next one is named.
 */
export function findOrders(table: RuleTable, free: (column: RuleColumn) => boolean): Rule[] {
  const columns = table.columns.filter((column) => free(column) && column.numbers() !== undefined);
  const below = new Map<RuleColumn, RuleColumn[]>();
  const evidence = new Map<RuleColumn, number>();
  for (const later of columns) {
    if (later.isCategory()) continue;
    for (const earlier of columns) {
      if (earlier === later || !isOrdered(earlier, later)) continue;
      const rows = orderEvidence(earlier, later);
      if (rows < leastEvidence) continue;
      below.set(later, [...(below.get(later) ?? []), earlier]);
      evidence.set(later, Math.min(evidence.get(later) ?? Number.POSITIVE_INFINITY, rows));
    }
  }
  return [...below].map(([later, all]) => {
    // Those that are below another one of them are below anyway.
    const next = all.filter((one) => !all.some((other) => below.get(other)?.includes(one)));
    return orderRule(next, later, evidence.get(later) as number);
  });
}

export function orderRule(earlier: readonly RuleColumn[], later: RuleColumn, rows: number): Rule {
  const decimals = DataType.isFloat(later.field.type) ? decimalsOf([...earlier, later]) : undefined;
  return {
    kind: 'order',
    columns: [...earlier, later].map(({ field }) => field.name),
    rows: Math.floor(rows),
    highest: highestText(later),
    ...(decimals === undefined ? {} : { decimals }),
  };
}

/** The highest value that five rows have, or more: it is theirs together. */
function highestText({ vector }: RuleColumn): string {
  const isFloat = DataType.isFloat(vector.type);
  const texts = readTexts(vector).filter((text) => text !== null);
  const sorted = isFloat
    ? texts.sort((a, b) => Number(b) - Number(a))
    : texts.sort((a, b) => Number(BigInt(b) > BigInt(a)) - Number(BigInt(b) < BigInt(a)));
  return sorted[Math.min(sharedRows, sorted.length) - 1] as string;
}

const sharedRows = 5;

function decimalsOf(columns: readonly RuleColumn[]): number | undefined {
  const all = columns.map((column) => column.decimals());
  return all.includes(undefined) ? undefined : Math.max(...(all as number[]));
}

/** Whether cells of two types can be told apart by less and more, and their distance be added. */
export function areComparable(a: DataType, b: DataType): boolean {
  if (DataType.isFloat(a) && DataType.isFloat(b)) return a.precision === b.precision;
  if (DataType.isInt(a) && DataType.isInt(b))
    return a.bitWidth < 64 === b.bitWidth < 64 && a.isSigned === b.isSigned;
  return String(a) === String(b);
}

/**
 * Whether a column is never above another, has a value wherever that has one, and differs from it
 * somewhere.
 */
export function isOrdered(earlier: RuleColumn, later: RuleColumn): boolean {
  if (!areComparable(earlier.field.type, later.field.type)) return false;
  const [from, to] = [earlier.numbers(), later.numbers()];
  if (!from || !to) return false;
  let differs = false;
  for (let row = 0; row < from.length; row++) {
    if (!later.isValid(row)) continue;
    const [a, b] = [from[row] as number, to[row] as number];
    // NaN, also where there is no value, is in no order.
    if (!(a <= b)) return false;
    if (!(Number.isFinite(a) && Number.isFinite(b))) return false;
    if (a < b) differs = true;
  }
  return differs;
}

/** Rows that would break the order if the columns' values were paired by chance. */
function orderEvidence(earlier: RuleColumn, later: RuleColumn): number {
  const valid = (_: number, row: number) => later.isValid(row);
  const from = (earlier.numbers() as Float64Array).filter(valid).sort();
  const to = (later.numbers() as Float64Array).filter(valid).sort();
  let [above, place] = [0, 0];
  // Of each earlier value, how many later ones are below it.
  for (const value of from) {
    while (place < to.length && (to[place] as number) < value) place++;
    above += place;
  }
  return above / Math.max(to.length, 1);
}
