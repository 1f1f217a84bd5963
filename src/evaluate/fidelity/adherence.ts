import { countCodes } from '../../columns/count-codes.js';
import { finite } from '../../columns/statistics.js';
import { rangeOf } from './coverage.js';

/** The share of the synthetic numbers that lie in the real range. `null` where a side has none. */
export function rangeAdherence(real: Float64Array, synthetic: Float64Array): number | null {
  const { lowest, highest } = rangeOf(real);
  if (highest < lowest) return null;
  let [inside, known] = [0, 0];
  for (const value of synthetic) {
    if (Number.isNaN(value)) continue;
    known++;
    inside += +(value >= lowest && value <= highest);
  }
  return finite(inside / known);
}

/** The share of the synthetic values whose level occurs in the real column. `null` where a side has none. */
export function categoryAdherence(
  real: Int32Array,
  synthetic: Int32Array,
  levels: number,
): number | null {
  const own = countCodes(real, levels).counts;
  if (own.every((count) => count === 0)) return null;
  const made = countCodes(synthetic, levels).counts;
  const inside = made.reduce((sum, count, code) => sum + ((own[code] ?? 0) > 0 ? count : 0), 0);
  return finite(inside / made.reduce((sum, count) => sum + count, 0));
}
