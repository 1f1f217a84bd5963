import type { Column, NumericColumn, Sequences } from '../../columns/column.js';
import { pearson } from '../../columns/pearson.js';
import { meanOf } from '../../columns/statistics.js';

/** Pairs of series that are compared, at most. */
const mostPairs = 300;

/** How strongly steps depend on those before, by the lag: `null` where that cannot be said. */
export type Autocorrelation = readonly (number | null)[];

/**
 * The autocorrelation of a series at lags 1 to `lags`, over all pairs of steps of all sequences: Pearson's
 * correlation of numbers; of categories Cohen's κ of the levels of both steps, (agreement − chance) / (1 −
 * chance) (Weiß 2018). As means of sequences differ, it is above that within a sequence.
 */
export function autocorrelationOf(
  column: Column,
  { offsets }: Pick<Sequences, 'offsets'>,
  lags: number,
): Autocorrelation {
  return Array.from({ length: lags }, (_, k) => {
    const [before, after] = pairsAt(offsets, k + 1);
    return column.kind === 'numeric'
      ? pearson(take(column.values, before), take(column.values, after))
      : kappa(before, after, column.codes);
  });
}

/** The mean distance of two autocorrelations, where both are known. */
export function autocorrelationDistance(a: Autocorrelation, b: Autocorrelation): number | null {
  return meanOf(a.map((own, lag) => distance(own, b[lag])));
}

/** Pearson's correlation of each pair of series of numbers over all steps, of at most 300 pairs. */
export function crossCorrelations({ steps }: Sequences): (number | null)[] {
  const numbers = steps.filter((column): column is NumericColumn => column.kind === 'numeric');
  const pairs = numbers.flatMap((a, k) => numbers.slice(k + 1).map((b) => [a, b] as const));
  return pairs.slice(0, mostPairs).map(([a, b]) => pearson(a.values, b.values));
}

/** The distance of two correlations; `null` where one is not known. */
export function distance(
  a: number | null | undefined,
  b: number | null | undefined,
): number | null {
  return typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) : null;
}

/** Places of all steps that have one `lag` steps later in their sequence, and of those. */
function pairsAt(offsets: Int32Array, lag: number): [Int32Array, Int32Array] {
  const before: number[] = [];
  for (let row = 0; row + 1 < offsets.length; row++) {
    const end = (offsets[row + 1] as number) - lag;
    for (let step = offsets[row] as number; step < end; step++) before.push(step);
  }
  const places = Int32Array.from(before);
  return [places, places.map((step) => step + lag)];
}

function take(values: Float64Array, places: Int32Array): Float64Array {
  return Float64Array.from(places, (step) => values[step] as number);
}

function kappa(before: Int32Array, after: Int32Array, codes: Int32Array): number | null {
  if (before.length < 2) return null;
  const [a, b] = [before, after].map((places) => {
    const counts = new Map<number, number>();
    for (const place of places) {
      const code = codes[place] as number;
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    return counts;
  }) as [Map<number, number>, Map<number, number>];
  let agreed = 0;
  before.forEach((place, k) => {
    if (codes[place] === codes[after[k] as number]) agreed++;
  });
  const pairs = before.length;
  const chance = [...a].reduce(
    (sum, [code, count]) => sum + (count / pairs) * ((b.get(code) ?? 0) / pairs),
    0,
  );
  return chance < 1 ? (agreed / pairs - chance) / (1 - chance) : null;
}
