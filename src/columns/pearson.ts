/**
 * Pearson's correlation over the rows where both numbers are known; `null` where one of the columns
 * has fewer than two values, or there are fewer than two such rows.
 */
export function pearson(x: Float64Array, y: Float64Array): number | null {
  let [known, sumOfX, sumOfY] = [0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    const a = x[row] as number;
    const b = y[row] as number;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    known++;
    sumOfX += a;
    sumOfY += b;
  }
  if (known < 2 || isConstant(x) || isConstant(y)) return null;
  const [meanOfX, meanOfY] = [sumOfX / known, sumOfY / known];
  let [product, first, second] = [0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    const a = (x[row] as number) - meanOfX;
    const b = (y[row] as number) - meanOfY;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    product += a * b;
    first += a ** 2;
    second += b ** 2;
  }
  const correlation = product / Math.sqrt(first) / Math.sqrt(second);
  return Number.isFinite(correlation) ? Math.min(Math.max(correlation, -1), 1) : null;
}

/** Whether all known values are one. */
function isConstant(values: Float64Array): boolean {
  let first = Number.NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(first)) first = value;
    else if (value !== first) return false;
  }
  return !Number.isNaN(first);
}
