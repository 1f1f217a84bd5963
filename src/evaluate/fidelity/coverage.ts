import { countCodes } from '../../columns/count-codes.js';

/**
 * The share of the real column's range that the synthetic one covers. `null` where the real column
 * does not vary, or one has no value.
 */
export function rangeCoverage(real: Float64Array, synthetic: Float64Array): number | null {
  const a = rangeOf(real);
  const b = rangeOf(synthetic);
  const width = a.highest - a.lowest;
  if (!(width > 0) || b.highest < b.lowest) return null;
  const below = Math.max((b.lowest - a.lowest) / width, 0);
  const above = Math.max((a.highest - b.highest) / width, 0);
  return Math.max(1 - below - above, 0);
}

/** The share of the real column's levels that occur in the synthetic one. */
export function categoryCoverage(
  real: Int32Array,
  synthetic: Int32Array,
  levels: number,
): number | null {
  const a = countCodes(real, levels).counts;
  const b = countCodes(synthetic, levels).counts;
  let [present, covered] = [0, 0];
  for (let code = 0; code < levels; code++) {
    if (a[code] === 0) continue;
    present++;
    if (b[code] !== 0) covered++;
  }
  return present === 0 ? null : covered / present;
}

/** The lowest and highest number, NaN left out. */
export function rangeOf(values: Float64Array): { lowest: number; highest: number } {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { lowest, highest };
}
