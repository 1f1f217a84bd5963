/** The mean of some numbers, NaN ones left out; `null` without any. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null && !Number.isNaN(value));
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Sample standard deviation; 0 for a single number. */
export function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, values.length - 1));
}

/** The number at a share of the way through sorted ones, between neighbours linearly. */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] as number;
  const high = sorted[Math.ceil(place)] as number;
  return low + (place - Math.floor(place)) * (high - low);
}

/** As JSON knows it: what is no number is null. */
export function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** The greatest distance of two empirical distribution functions, sup |F − G|, of sorted numbers. */
export function largestGap(a: Float64Array, b: Float64Array): number {
  let [i, j, highest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] as number, b[j] as number);
    while (a[i] === value) i++;
    while (b[j] === value) j++;
    highest = Math.max(highest, Math.abs(i / a.length - j / b.length));
  }
  return highest;
}
