/** From the lowest to the highest of some numbers; of none, or of one, some space around it. */
export function spanOf(values: readonly number[]): [number, number] {
  const lowest = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (highest > lowest) return [lowest, highest];
  const middle = Number.isFinite(lowest) ? lowest : 0;
  return [middle - 1, middle + 1];
}

/** The same, with a margin. */
export function spanWithMargin(values: readonly number[]): [number, number] {
  const [lowest, highest] = spanOf(values);
  const margin = 0.04 * (highest - lowest);
  return [lowest - margin, highest + margin];
}
