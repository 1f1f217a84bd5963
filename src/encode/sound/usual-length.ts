/** Samples that hold 95 % of sounds of these lengths, rounded up to a power of two. */
export function usualLength(lengths: Int32Array): number {
  const sorted = lengths.slice().sort();
  const most = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 1;
  return 2 ** Math.ceil(Math.log2(Math.max(most, 1)));
}
