import {
  type CategoricalColumn,
  type Column,
  countNulls,
  type NumericColumn,
} from '../columns/column.js';
import { countCodes } from '../columns/count-codes.js';
import type { Random } from '../random.js';

/** One column's own distribution: cells ↔ shares in (0, 1). */
export interface Margin {
  /** Shares of cells; those of equal cells are spread over what they take up. */
  toShares(random: Random): Float64Array;
  /** Cells of shares. */
  fromShares(shares: Float64Array): Column;
}

export function marginOf(column: Column): Margin {
  return column.kind === 'numeric' ? numericMargin(column) : levelMargin(column);
}

/** Numbers in order, between which shares are interpolated; a null has no share, and none makes one. */
function numericMargin(column: NumericColumn): Margin {
  const { values } = column;
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return {
    toShares(random) {
      return Float64Array.from(values, (value) => {
        if (Number.isNaN(value)) return Number.NaN;
        const [low, high] = [countBelow(sorted, value), countUpTo(sorted, value)];
        return (low + (high - low) * random.uniform()) / sorted.length;
      });
    },
    fromShares(shares) {
      const own = Float64Array.from(shares, (share) => {
        const at = Math.min(Math.max(share * sorted.length - 0.5, 0), sorted.length - 1);
        const [low, high] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number];
        return low === high ? low : low + (at - Math.floor(at)) * (high - low);
      });
      return { ...column, values: own };
    },
  };
}

/** Numbers with nulls as two columns, whether there is a value, and which; others as they are. */
export function splitNulls(column: Column): Column[] {
  if (column.kind === 'categorical' || countNulls(column) === 0) return [column];
  const codes = Int32Array.from(column.values, (value) => +!Number.isNaN(value));
  return [{ kind: 'categorical', name: column.name, codes, levels: ['null', 'value'] }, column];
}

/** What `splitNulls` split, together again. */
export function joinNulls(columns: readonly Column[], parts: readonly Column[]): Column[] {
  let next = 0;
  return columns.map((column) => {
    const first = parts[next++] as Column;
    if (splitNulls(column).length === 1) return first;
    const second = parts[next++] as Column;
    if (first.kind !== 'categorical' || second.kind !== 'numeric') return second;
    const values = second.values.map((value, row) => (first.codes[row] === 0 ? Number.NaN : value));
    return { ...second, values };
  });
}

/** Null below, then the levels by falling frequency, each as wide as it is frequent. */
function levelMargin(column: CategoricalColumn): Margin {
  const { codes, levels } = column;
  const { counts, total } = countCodes(codes, levels.length);
  const order = [-1, ...Array.from(counts.keys())];
  const frequency = (code: number) => (code < 0 ? Number.POSITIVE_INFINITY : (counts[code] ?? 0));
  order.sort((a, b) => frequency(b) - frequency(a));
  const widths = order.map((code) => (code < 0 ? codes.length - total : (counts[code] as number)));
  const ends = Float64Array.from(widths);
  for (let k = 1; k < ends.length; k++) ends[k] = (ends[k] as number) + (ends[k - 1] as number);
  const placeOf = new Map(order.map((code, place) => [code, place]));
  return {
    toShares: (random) =>
      Float64Array.from(codes, (code) => {
        const place = placeOf.get(code) as number;
        const start = (ends[place] as number) - (widths[place] as number);
        return (start + (widths[place] as number) * random.uniform()) / codes.length;
      }),
    fromShares(shares) {
      const own = Int32Array.from(shares, (share) => {
        const place = countUpTo(ends, share * codes.length);
        return order[Math.min(place, order.length - 1)] as number;
      });
      return { ...column, codes: own };
    },
  };
}

function countBelow(sorted: Float64Array, value: number): number {
  return search(sorted, (other) => other < value);
}

function countUpTo(sorted: Float64Array, value: number): number {
  return search(sorted, (other) => other <= value);
}

function search(sorted: Float64Array, isBefore: (other: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(sorted[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
