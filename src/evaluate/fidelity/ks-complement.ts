import { largestGap } from '../../columns/statistics.js';

/**
 * KSComplement = 1 − sup |F_real − F_synthetic|, of two columns of numbers; nulls are left out, and
 * values within 5e-15 of each other may count as one, as in SDMetrics. `null` where one has no value.
 *
 * @param real numbers in any order, NaN where null.
 */
export function ksComplement(real: Float64Array, synthetic: Float64Array): number | null {
  const a = sortedValues(real);
  const b = sortedValues(synthetic);
  if (a.length === 0 || b.length === 0) return null;
  return 1 - largestGap(a, b);
}

function sortedValues(values: Float64Array): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value));
  for (let k = 0; k < known.length; k++) known[k] = round(known[k] as number);
  return known.sort();
}

/** To 14 decimals, where a number has that many. */
function round(value: number): number {
  return Math.abs(value) < 90 ? Math.round(value * 1e14) / 1e14 : value;
}
