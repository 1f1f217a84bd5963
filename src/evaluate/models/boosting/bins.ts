import type { Column } from '../../../columns/column.js';

/** Codes of a feature fit into a byte: 255 bins of values, and one for what is missing. */
const maximumBins = 255;

/** Puts cells of one feature into bins; the last of `count` is for what is missing or unknown. */
export interface Binner {
  readonly count: number;
  readonly categorical: boolean;
  bin(column: Column): Uint8Array;
}

/**
 * Bins of a feature, from its training cells.
 *
 * Numbers: one bin for each distinct value where there are at most 255, cut midway between them;
 * else cut at 254 evenly spaced quantiles. Categories: one bin for each of the 254 most frequent
 * levels, one for the rest. As scikit-learn's HistGradientBoosting does.
 */
export function fitBinner(column: Column): Binner {
  if (column.kind === 'categorical') return levelBinner(column.codes, column.levels.length);
  const cuts = findCuts(column.values);
  return {
    count: cuts.length + 2,
    categorical: false,
    bin(other) {
      if (other.kind !== 'numeric') throw new TypeError(`'${other.name}' is not numeric`);
      return Uint8Array.from(other.values, (value) =>
        Number.isNaN(value) ? cuts.length + 1 : countBelow(cuts, value),
      );
    },
  };
}

function levelBinner(codes: Int32Array, levels: number): Binner {
  const counts = new Int32Array(levels);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  const seen = Array.from(counts.keys()).filter((code) => (counts[code] as number) > 0);
  seen.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  const own = seen.length <= maximumBins ? seen.length : maximumBins - 1;
  const missing = Math.min(seen.length, maximumBins);
  const binOf = new Uint8Array(levels).fill(missing);
  for (const [rank, code] of seen.entries()) binOf[code] = Math.min(rank, own);
  return {
    count: missing + 1,
    categorical: true,
    bin(other) {
      if (other.kind !== 'categorical') throw new TypeError(`'${other.name}' is not categorical`);
      return Uint8Array.from(other.codes, (code) => binOf[code] ?? missing);
    },
  };
}

/** Where numbers are cut: a number goes below the first cut that is not less than it. */
function findCuts(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct: number[] = [];
  for (const value of sorted) {
    if (value !== distinct.at(-1) && distinct.push(value) > maximumBins) break;
  }
  if (distinct.length <= maximumBins) {
    return Float64Array.from(distinct.slice(1), (value, k) => midway(distinct[k] as number, value));
  }
  const cuts = Array.from({ length: maximumBins - 1 }, (_, k) => {
    // The inverse of the distribution function, averaged where it jumps.
    const share = ((k + 1) * (100 / maximumBins)) / 100;
    const place = sorted.length * share;
    const high = sorted[Math.floor(place)] as number;
    return Number.isInteger(place) ? midway(sorted[place - 1] as number, high) : high;
  });
  return Float64Array.from(new Set(cuts));
}

/** Between two numbers, also where one is infinite. */
function midway(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  if (Number.isFinite(middle)) return middle;
  return Number.isFinite(low) ? low : -Number.MAX_VALUE;
}

function countBelow(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
