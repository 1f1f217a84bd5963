/** R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; NaN where the truth does not vary. */
export function rSquared(
  truth: Float64Array,
  predicted: Float64Array,
  weights?: ArrayLike<number>,
): number {
  const center = weightedMean(truth, weights);
  const errors = weightedMean(
    truth.map((value, row) => (value - (predicted[row] as number)) ** 2),
    weights,
  );
  const spread = weightedMean(
    truth.map((value) => (value - center) ** 2),
    weights,
  );
  return spread === 0 ? Number.NaN : 1 - errors / spread;
}

/** The mean of |y − ŷ|, in the unit of the target. */
export function meanAbsoluteError(
  truth: Float64Array,
  predicted: Float64Array,
  weights?: ArrayLike<number>,
): number {
  const errors = truth.map((value, row) => Math.abs(value - (predicted[row] as number)));
  return weightedMean(errors, weights);
}

function weightedMean(values: Float64Array, weights?: ArrayLike<number>): number {
  let [total, sum] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const weight = weights ? (weights[row] as number) : 1;
    total += weight;
    sum += weight * (values[row] as number);
  }
  return sum / total;
}
