/** From the lowest to the highest of some numbers, with a margin. */
export function spanWithMargin(values: readonly number[]): [number, number] {
  const lowest = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (!(highest > lowest)) return [lowest - 1, lowest + 1];
  const margin = 0.04 * (highest - lowest);
  return [lowest - margin, highest + margin];
}
