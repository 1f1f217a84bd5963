/**
 * Pearson's correlation over the rows where both numbers are known; `null` where one of the columns
 * has fewer than two values, or there are fewer than two such rows.
 */
export function pearson(x: Float64Array, y: Float64Array): number | null {
  const known: number[] = [];
  for (let row = 0; row < x.length; row++) {
    if (!Number.isNaN(x[row]) && !Number.isNaN(y[row])) known.push(row);
  }
  if (known.length < 2 || isConstant(x) || isConstant(y)) return null;
  const [a, b] = [centred(x, known), centred(y, known)];
  let [product, first, second] = [0, 0, 0];
  for (let k = 0; k < known.length; k++) {
    product += (a[k] as number) * (b[k] as number);
    first += (a[k] as number) ** 2;
    second += (b[k] as number) ** 2;
  }
  const correlation = product / Math.sqrt(first) / Math.sqrt(second);
  return Number.isFinite(correlation) ? Math.min(Math.max(correlation, -1), 1) : null;
}

function centred(values: Float64Array, rows: readonly number[]): Float64Array {
  const own = Float64Array.from(rows, (row) => values[row] as number);
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  return own.map((value) => value - mean);
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
