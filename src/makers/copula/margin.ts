import type { CategoricalColumn, Column, NumericColumn } from '../../columns/column.js';
import { countCodes } from '../../columns/count-codes.js';
import type { Random } from '../../random.js';

/** Numbers that a column's distribution is kept as, at most: evenly spaced quantiles beyond. */
const mostPoints = 1000;

/** One column's own distribution, as plain JSON. */
export type MarginParameters =
  /** Sorted numbers. */
  | { readonly kind: 'numbers'; readonly points: readonly number[] }
  /** Cells of each level, and null ones. */
  | { readonly kind: 'levels'; readonly counts: readonly number[]; readonly nulls: number };

/** Where the shares of equal cells lie. */
export type ShareInterval = readonly [low: number, high: number];

/** One column's own distribution: cells ↔ shares in (0, 1). */
export interface Margin {
  /** Where the shares of a number, or of a code, −1 for null, lie. */
  interval(cell: number): ShareInterval;
  /** The number or code of a share. */
  cell(share: number): number;
}

/** The distribution of a column's cells. */
export function fitMargin(column: Column): MarginParameters {
  if (column.kind === 'categorical') {
    const { counts, total } = countCodes(column.codes, column.levels.length);
    return { kind: 'levels', counts: [...counts], nulls: column.codes.length - total };
  }
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length <= mostPoints) return { kind: 'numbers', points: [...sorted] };
  const place = (k: number) => Math.round((k * (sorted.length - 1)) / (mostPoints - 1));
  const points = Array.from({ length: mostPoints }, (_, k) => sorted[place(k)] as number);
  return { kind: 'numbers', points };
}

export function openMargin(parameters: MarginParameters): Margin {
  return parameters.kind === 'numbers' ? numericMargin(parameters) : levelMargin(parameters);
}

/** Shares of cells; those of equal cells are spread over what they take up; NaN of no number. */
export function sharesOf(margin: Margin, column: Column, random: Random): Float64Array {
  const cells = column.kind === 'numeric' ? column.values : column.codes;
  return Float64Array.from(cells, (cell) => {
    if (Number.isNaN(cell)) return Number.NaN;
    const [low, high] = margin.interval(cell);
    return low + (high - low) * random.uniform();
  });
}

/** Numbers in order, between which shares are interpolated. */
function numericMargin({ points }: { readonly points: readonly number[] }): Margin {
  const last = points.length - 1;
  const shareOf = (place: number) => place / points.length;
  return {
    interval: (number) => [
      shareOf(search(points, (other) => other < number)),
      shareOf(search(points, (other) => other <= number)),
    ],
    cell(share) {
      if (last < 0) return Number.NaN;
      const at = Math.min(Math.max(share * points.length - 0.5, 0), last);
      const [low, high] = [points[Math.floor(at)] as number, points[Math.ceil(at)] as number];
      return low === high ? low : low + (at - Math.floor(at)) * (high - low);
    },
  };
}

/** Null below, then the levels by falling frequency, each as wide as it is frequent. */
function levelMargin({
  counts,
  nulls,
}: {
  readonly counts: readonly number[];
  readonly nulls: number;
}): Margin {
  const widthOf = (code: number) => (code < 0 ? nulls : (counts[code] as number));
  const levels = Array.from(counts.keys()).sort((a, b) => widthOf(b) - widthOf(a) || a - b);
  const order = [-1, ...levels];
  const ends: number[] = [];
  for (const code of order) ends.push((ends.at(-1) ?? 0) + widthOf(code));
  const total = ends.at(-1) || 1;
  const placeOf = new Map(order.map((code, place) => [code, place]));
  return {
    interval(code) {
      const end = ends[placeOf.get(code) ?? 0] as number;
      return [(end - widthOf(code)) / total, end / total];
    },
    cell(share) {
      const place = search(ends, (end) => end <= share * total);
      return order[Math.min(place, order.length - 1)] as number;
    },
  };
}

/** How many of the sorted numbers come before. */
function search(sorted: readonly number[], isBefore: (other: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(sorted[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether there is a number, as a column of its own: code 0 for null, 1 for a number. */
export function presenceOf({ name, values }: NumericColumn): CategoricalColumn {
  const codes = Int32Array.from(values, (value) => +!Number.isNaN(value));
  return { kind: 'categorical', name, codes, levels: ['null', 'value'] };
}
