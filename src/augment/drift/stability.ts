/** Shares that are taken for at least this much: of what was never seen the index would be infinite. */
const least = 1e-4;

/**
 * Population stability index of two distributions over the same bins: Σ (p − q) · ln(p / q), the
 * symmetric Kullback–Leibler divergence. By a rule of thumb, below 0.1 is no shift, and from 0.25 a
 * large one.
 */
export function stabilityIndex(before: readonly number[], now: readonly number[]): number {
  return before.reduce((sum, share, bin) => {
    const [p, q] = [Math.max(share, least), Math.max(now[bin] ?? 0, least)];
    return sum + (p - q) * Math.log(p / q);
  }, 0);
}

/** Largest difference of the cumulated shares of two distributions over the same ordered bins. */
export function largestGap(before: readonly number[], now: readonly number[]): number {
  let [p, q, gap] = [0, 0, 0];
  for (const [bin, share] of before.entries()) {
    p += share;
    q += now[bin] ?? 0;
    gap = Math.max(gap, Math.abs(p - q));
  }
  return gap;
}
