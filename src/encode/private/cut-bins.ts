import { type NoisyCounts, projectCounts } from '../../privacy/noisy-counts.js';
import { type Bin, binOf } from '../columns/binned.js';
import { fewNumbers, parts } from './plan-column.js';

/** Numbers of a column, and which rows are null. */
export interface ColumnNumbers {
  /** NaN for null and for what is no number. */
  readonly values: Float64Array;
  readonly nulls: number;
  readonly isWhole: boolean;
}

/** Bins of a column have a share of the rows of one in this, at least, about. */
const wantedBins = 24;

/** Intervals are told from noise where they have so many of its deviations. */
const clearly = 4;

/** The chance that noise alone is taken for a number, in the search of a range. */
const falseRange = 0.01;

/**
 * Cuts a range into bins that have about as many rows each: into equal parts, and the parts with many
 * rows again, `cuts` times at most. Single numbers that many rows have are bins of their own. Each cut is
 * one histogram.
 *
 * @returns The bins with counts that sum to `rows` less the nulls, and the noisy count of these.
 */
export function cutBins(
  { values, nulls, isWhole }: ColumnNumbers,
  [lowest, highest]: readonly [number, number],
  cuts: number,
  rows: number,
  noise: NoisyCounts,
): { bins: Bin[]; nulls: number } {
  const heavy = Math.max(rows / wantedBins, clearly * noise.deviation);
  let leaves: Bin[] = [];
  let open: Omit<Bin, 'count'>[] = [{ start: lowest, end: highest }];
  let noisyNulls = 0;
  for (let cut = 0; cut < cuts && open.length > 0; cut++) {
    const cells = open.flatMap((interval) => split(interval, isWhole));
    const first = cut === 0 ? 1 : 0;
    const noisy = noise.addTo(histogramOf(values, cells, open, first * nulls, [lowest, highest]));
    if (first) noisyNulls = noisy[cells.length] as number;
    const counted = cells.map((cell, k) => ({ ...cell, count: noisy[k] as number }));
    const isSplit = ({ start, end, count }: Bin) =>
      cut + 1 < cuts && count > heavy && (isWhole ? end > start : end - start > 0);
    leaves = leaves.concat(counted.filter((cell) => !isSplit(cell)));
    open = counted.filter(isSplit);
  }
  const merged = mergeLight(
    leaves.sort((a, b) => a.start - b.start),
    heavy,
  );
  const known = Math.max(rows - Math.max(noisyNulls, 0), 1);
  const counts = projectCounts(
    Float64Array.from(merged, ({ count }) => count),
    known,
  );
  return {
    bins: merged.map((bin, k) => ({ ...bin, count: Math.round(counts[k] as number) })),
    nulls: Math.round(noisyNulls),
  };
}

/** Equal parts of an interval; single numbers of one that holds few. */
function split({ start, end }: Omit<Bin, 'count'>, isWhole: boolean): Omit<Bin, 'count'>[] {
  const numbers = end - start + 1;
  const count = isWhole ? Math.min(numbers <= fewNumbers ? numbers : parts, numbers) : parts;
  const edge = (k: number) =>
    isWhole ? start + Math.floor((k * numbers) / count) : start + (k * (end - start)) / count;
  return Array.from({ length: count }, (_, k) => ({
    start: edge(k),
    end: isWhole ? edge(k + 1) - 1 : edge(k + 1),
  }));
}

/** Rows of each cell, and of null; a row outside the intervals that are cut is in none. */
function histogramOf(
  values: Float64Array,
  cells: readonly Omit<Bin, 'count'>[],
  open: readonly Omit<Bin, 'count'>[],
  nulls: number,
  [lowest, highest]: readonly [number, number],
): Float64Array {
  const counts = new Float64Array(cells.length + 1);
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const inside = Math.max(lowest, Math.min(highest, value));
    const interval = open[binOf(open, inside)] as Omit<Bin, 'count'>;
    if (inside < interval.start || inside > interval.end) continue;
    const cell = binOf(cells, inside);
    counts[cell] = (counts[cell] as number) + 1;
  }
  counts[cells.length] = nulls;
  return counts;
}

/** Joins neighbours with few rows, until each bin has enough; a bin of many rows stays what it is. */
function mergeLight(leaves: readonly Bin[], heavy: number): Bin[] {
  const merged: Bin[] = [];
  let light: Bin | undefined;
  const flush = () => {
    if (light) merged.push(light);
    light = undefined;
  };
  for (const leaf of leaves) {
    if (leaf.count >= heavy) {
      flush();
      merged.push(leaf);
      continue;
    }
    light = light ? { start: light.start, end: leaf.end, count: light.count + leaf.count } : leaf;
    if (light.count >= heavy) flush();
  }
  flush();
  return merged;
}

/** Powers of two that bounds are looked for among. */
const exponents = { whole: [0, 62], real: [-32, 127] } as const;

/**
 * Finds a range that most numbers lie in, by one histogram over powers of two: its ends are such powers,
 * or 0. What lies beyond is of few rows, and counts as an end.
 */
export function findRange(
  { values, isWhole }: Pick<ColumnNumbers, 'values' | 'isWhole'>,
  noise: NoisyCounts,
): readonly [number, number] {
  const [least, most] = isWhole ? exponents.whole : exponents.real;
  const side = most - least + 1;
  // From the most negative numbers over 0 in the middle to the largest.
  const cellOf = (value: number) => {
    const size = Math.abs(value);
    if (size < 2 ** least) return side;
    const exponent = Math.min(Math.floor(Math.log2(size)), most);
    return side + Math.sign(value) * (exponent - least + 1);
  };
  const histogram = new Float64Array(2 * side + 1);
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const cell = cellOf(value);
    histogram[cell] = (histogram[cell] as number) + 1;
  }
  const noisy = noise.addTo(histogram);
  const limit = noise.deviation * Math.sqrt(2 * Math.log(histogram.length / falseRange));
  const found = [...noisy.keys()].filter((cell) => (noisy[cell] as number) > limit);
  const known = found.length > 0 ? found : [noisy.indexOf(Math.max(...noisy))];
  const edge = (place: number) =>
    place === 0 ? 0 : Math.sign(place) * 2 ** (Math.abs(place) + least - 1);
  const [first, last] = [(known[0] as number) - side, (known.at(-1) as number) - side];
  const low = first > 0 ? edge(first) : edge(first - 1);
  const high = last < 0 ? edge(last) : edge(last + 1);
  return [first === 0 && isWhole ? 0 : low, last === 0 && isWhole ? 1 : high];
}
