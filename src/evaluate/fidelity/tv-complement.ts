import { countCodes } from '../../columns/count-codes.js';

/**
 * TVComplement = 1 − ½ Σ |p_real − p_synthetic| over the levels of a category; nulls are left out.
 * `null` where one column has no value.
 *
 * @param real codes into the same levels on both sides, negative where null.
 */
export function tvComplement(
  real: Int32Array,
  synthetic: Int32Array,
  levels: number,
): number | null {
  const a = countCodes(real, levels);
  const b = countCodes(synthetic, levels);
  if (a.total === 0 || b.total === 0) return null;
  let distance = 0;
  for (let code = 0; code < levels; code++) {
    distance += Math.abs(
      (a.counts[code] as number) / a.total - (b.counts[code] as number) / b.total,
    );
  }
  return 1 - distance / 2;
}
