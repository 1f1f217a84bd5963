import type { Column, Sequences } from '../../columns/column.js';
import { deviationOf, meanOf } from '../../columns/statistics.js';

/** Points that a longer sequence is averaged to. */
export const mostPoints = 64;

/** How far a path may leave the diagonal, as a share of the longer sequence. */
const band = 0.1;

/** A sequence as points in units that can be added up. */
export interface Path {
  readonly points: number;
  /** [points, series], row-major; NaN is null. */
  readonly values: Float64Array;
}

/** What paths of several tables are made by. */
export interface PathScale {
  readonly series: readonly {
    readonly isCode: boolean;
    readonly mean: number;
    readonly unit: number;
  }[];
}

/** Units of numbers from their spread in some sequences. */
export function pathScale({ steps }: Sequences): PathScale {
  return {
    series: steps.map((column) => {
      if (column.kind === 'categorical') return { isCode: true, mean: 0, unit: 1 };
      const known = [...column.values].filter((value) => !Number.isNaN(value));
      return { isCode: false, mean: meanOf(known) ?? 0, unit: deviationOf(known) || 1 };
    }),
  };
}

/**
 * Sequences as paths: numbers in standard deviations, categories as codes. What has more than 64 steps is
 * averaged piece by piece (Keogh & Pazzani 2000); of categories the code in the middle of a piece counts.
 */
export function pathsOf({ offsets, steps }: Sequences, { series }: PathScale): Path[] {
  return Array.from({ length: offsets.length - 1 }, (_, row) => {
    const [start, end] = [offsets[row] as number, offsets[row + 1] as number];
    const points = Math.min(end - start, mostPoints);
    const values = new Float64Array(points * steps.length);
    const place = (point: number) => start + Math.floor((point * (end - start)) / points);
    steps.forEach((column, k) => {
      const { mean, unit } = series[k] as PathScale['series'][number];
      for (let point = 0; point < points; point++) {
        const [from, to] = [place(point), place(point + 1)];
        values[point * steps.length + k] =
          column.kind === 'categorical'
            ? (column.codes[(from + to) >> 1] as number)
            : (pieceMean(column, from, to) - mean) / unit;
      }
    });
    return { points, values };
  });
}

function pieceMean(
  { values }: Extract<Column, { kind: 'numeric' }>,
  from: number,
  to: number,
): number {
  let [sum, count] = [0, 0];
  for (let step = from; step < to; step++) {
    const value = values[step] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** Distances of paths; calls share their memory. */
export type WarpingDistance = (a: Path, b: Path) => number;

/**
 * Dynamic time warping (Sakoe & Chiba 1978): the least root mean square, over the steps of the longer
 * sequence and over series, of the distances of points that an order-preserving match pairs, at most a
 * tenth of the length apart. Different codes, and null beside a number, are 1 apart.
 */
export function createWarping({ series }: PathScale): WarpingDistance {
  const isCode = series.map((own) => own.isCode);
  let before = new Float64Array(mostPoints + 1);
  let now = new Float64Array(mostPoints + 1);
  const costOf = (a: Float64Array, b: Float64Array, i: number, j: number): number => {
    let cost = 0;
    for (let k = 0; k < isCode.length; k++) {
      const [x, y] = [a[i + k] as number, b[j + k] as number];
      const difference = x - y;
      if (isCode[k] || Number.isNaN(difference)) cost += Object.is(x, y) ? 0 : 1;
      else cost += difference * difference;
    }
    return cost;
  };
  return (a, b) => {
    const longer = Math.max(a.points, b.points);
    if (a.points === 0 || b.points === 0)
      return a.points === b.points ? 0 : Number.POSITIVE_INFINITY;
    const reach = Math.max(Math.abs(a.points - b.points), Math.ceil(band * longer));
    const scale = longer * Math.max(isCode.length, 1);
    before.fill(Number.POSITIVE_INFINITY);
    before[0] = 0;
    for (let i = 1; i <= a.points; i++) {
      now.fill(Number.POSITIVE_INFINITY);
      const end = Math.min(b.points, i + reach);
      for (let j = Math.max(1, i - reach); j <= end; j++) {
        const come = Math.min(before[j - 1] as number, before[j] as number, now[j - 1] as number);
        const cost =
          come + costOf(a.values, b.values, (i - 1) * isCode.length, (j - 1) * isCode.length);
        now[j] = cost;
      }
      [before, now] = [now, before];
    }
    return Math.sqrt((before[b.points] as number) / scale);
  };
}
