/**
 * A curve through points with straight lines between them, level beyond them: `from` rises, and `to`
 * does not fall.
 */
export interface PiecewiseLinear {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** The curve's height at a number. */
export function heightOf({ from, to }: PiecewiseLinear, value: number): number {
  return interpolate(from, to, value);
}

/** A number at which the curve has this height, or its nearest end. */
export function placeOf({ from, to }: PiecewiseLinear, height: number): number {
  return interpolate(to, from, height);
}

/** Straight lines over points whose places `x` do not fall. */
function interpolate(x: readonly number[], y: readonly number[], value: number): number {
  let [low, high] = [0, x.length - 1];
  if (value <= (x[low] as number)) return y[low] as number;
  if (value >= (x[high] as number)) return y[high] as number;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((x[middle] as number) <= value) low = middle;
    else high = middle;
  }
  const [a, b] = [x[low] as number, x[high] as number];
  const share = (value - a) / (b - a);
  return (y[low] as number) * (1 - share) + (y[high] as number) * share;
}

/** What is wrong with the points of a curve over [−1, 1]; undefined if nothing is. */
export function curveProblem({ from, to }: PiecewiseLinear): string | undefined {
  if (from.length !== to.length || from.length < 2 || from.length > 256) return 'number of points';
  const isInside = (value: unknown) => typeof value === 'number' && Math.abs(value) <= 1;
  if (![...from, ...to].every(isInside)) return 'points';
  const rises = from.every((value, k) => k === 0 || value > (from[k - 1] as number));
  return rises && to.every((value, k) => k === 0 || value >= (to[k - 1] as number))
    ? undefined
    : 'order of points';
}
