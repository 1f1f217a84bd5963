/** The standard normal's distribution function, to about 1e-7 of itself (Numerical Recipes' erfc). */
export function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398,
    1.48851587, -0.82215223, 0.17087277,
  ].reduceRight((sum, term) => sum * t + term, 0);
  const tail = (t * Math.exp(-x * x + series)) / 2;
  return z > 0 ? 1 - tail : tail;
}

/** The standard normal's quantile of a share in (0, 1), to about 1e-9 of itself (Acklam). */
export function normalQuantile(share: number): number {
  if (share > 0.5) return -normalQuantile(1 - share);
  if (share < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(share));
    return horner(tail.top, q) / (horner(tail.bottom, q) * q + 1);
  }
  const q = share - 0.5;
  const r = q * q;
  return (horner(middle.top, r) * q) / (horner(middle.bottom, r) * r + 1);
}

const horner = (terms: readonly number[], x: number) =>
  terms.reduce((sum, term) => sum * x + term, 0);

const middle = {
  top: [
    -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2,
    -3.066479806614716e1, 2.506628277459239,
  ],
  bottom: [
    -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
    -1.328068155288572e1,
  ],
};
const tail = {
  top: [
    -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
    4.374664141464968, 2.938163982698783,
  ],
  bottom: [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416],
};
