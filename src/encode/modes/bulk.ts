/** The least and the greatest number. */
export interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** Fewer values have no bulk. */
const fewValues = 30;

/** Extremes are at most this share of the values, on either side. */
const tailShare = 0.1;

/** Extremes lie beyond a gap of so many widths of everything on this side of it. */
const gapWidths = 1000;

/**
 * Bounds of the bulk of sorted values within a range where others, extremes, lie so far off that a scale for all
 * of them would leave the bulk no width: limits of the type, 1e300, codes for 'missing'. Undefined
 * where there are no extremes, or fewer than 30 values.
 *
 * Extremes are at most a tenth of the values, below or above a gap of more than 1000 widths of the
 * rest, which no heavy tail has.
 */
export function findBulk(sorted: Float64Array, range: Bounds): Bounds | undefined {
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined || sorted.length < fewValues) return undefined;
  // Ends of the range that are not among the values are atoms, which can be extremes too.
  const low = range.minimum < least ? [range.minimum] : [];
  const high = range.maximum > most ? [range.maximum] : [];
  const all = new Float64Array([...low, ...sorted, ...high]);
  const maximum = lastOfBulk(all);
  const minimum = -lastOfBulk(all.map((value) => -value).reverse());
  if (minimum === range.minimum && maximum === range.maximum) return undefined;
  return { minimum: Math.max(minimum, least), maximum: Math.min(maximum, most) };
}

/** The last value before the lowest such gap among the upper tenth; the last of all without one. */
function lastOfBulk(sorted: Float64Array): number {
  const tail = Math.floor(tailShare * sorted.length);
  const low = sorted[tail] as number;
  for (let place = sorted.length - 1 - tail; place + 1 < sorted.length; place++) {
    const value = sorted[place] as number;
    // Halves: the distance between the limits of float64 overflows.
    const width = value / 2 - low / 2;
    const gap = (sorted[place + 1] as number) / 2 - value / 2;
    if (width > 0 && gap / gapWidths > width) return value;
  }
  return sorted.at(-1) as number;
}
