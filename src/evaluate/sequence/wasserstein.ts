/**
 * The Wasserstein distance of order 1 of two samples of numbers, in their unit: how far, on average, one
 * has to be moved to become the other, ∫ |F⁻¹(u) − G⁻¹(u)| du. Exact, also of samples of unlike size.
 */
export function wassersteinDistance(first: Float64Array, second: Float64Array): number {
  const [a, b] = [first.toSorted(), second.toSorted()];
  let [distance, share, i, j] = [0, 0, 0, 0];
  while (i < a.length && j < b.length) {
    const [endOfA, endOfB] = [(i + 1) / a.length, (j + 1) / b.length];
    const end = Math.min(endOfA, endOfB);
    distance += (end - share) * Math.abs((a[i] as number) - (b[j] as number));
    share = end;
    // Shares of samples of unlike size meet up to rounding.
    if (endOfA <= end + 1e-12) i++;
    if (endOfB <= end + 1e-12) j++;
  }
  return distance;
}
