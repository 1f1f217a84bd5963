/** R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; NaN where the truth does not vary. */
export function rSquared(
  truth: Float64Array,
  predicted: Float64Array,
  weights?: ArrayLike<number>,
): number {
  let [total, sum] = [0, 0];
  for (let row = 0; row < truth.length; row++) {
    const weight = weights ? (weights[row] as number) : 1;
    total += weight;
    sum += weight * (truth[row] as number);
  }
  const mean = sum / total;
  let [errors, spread] = [0, 0];
  for (let row = 0; row < truth.length; row++) {
    const weight = weights ? (weights[row] as number) : 1;
    errors += weight * ((truth[row] as number) - (predicted[row] as number)) ** 2;
    spread += weight * ((truth[row] as number) - mean) ** 2;
  }
  return spread === 0 ? Number.NaN : 1 - errors / spread;
}

/** The mean of |y − ŷ|, in the unit of the target. */
export function meanAbsoluteError(
  truth: Float64Array,
  predicted: Float64Array,
  weights?: ArrayLike<number>,
): number {
  let [total, sum] = [0, 0];
  for (let row = 0; row < truth.length; row++) {
    const weight = weights ? (weights[row] as number) : 1;
    total += weight;
    sum += weight * Math.abs((truth[row] as number) - (predicted[row] as number));
  }
  return sum / total;
}
