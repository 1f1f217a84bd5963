/** A differentiable function: writes its gradient at `x`, and returns its value. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** Pairs of steps and changes of the gradient that are remembered. */
const memory = 10;

/**
 * A minimum of a smooth convex function, by L-BFGS with backtracking from `x`.
 *
 * Ends where no partial derivative is greater than `tolerance`, or after `iterations`.
 * Source: Liu and Nocedal 1989.
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  { iterations = 300, tolerance = 1e-6 } = {},
): Float64Array {
  let x = start.slice();
  let gradient = new Float64Array(x.length);
  let value = objective(x, gradient);
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  for (let k = 0; k < iterations && largest(gradient) > tolerance; k++) {
    const direction = descend(gradient, steps, changes);
    const slope = dot(direction, gradient);
    const next = new Float64Array(x.length);
    const nextGradient = new Float64Array(x.length);
    let length = steps.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let nextValue = Number.POSITIVE_INFINITY;
    for (let halvings = 0; halvings < 40; halvings++, length /= 2) {
      for (let i = 0; i < x.length; i++) {
        next[i] = (x[i] as number) + length * (direction[i] as number);
      }
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
    }
    // No step goes down any more: as low as the arithmetic tells.
    if (!(nextValue < value)) break;
    remember(steps, difference(next, x));
    remember(changes, difference(nextGradient, gradient));
    [x, gradient, value] = [next, nextGradient, nextValue];
  }
  return x;
}

/** The direction that the remembered curvature makes of the gradient: downwards. */
function descend(
  gradient: Float64Array,
  steps: readonly Float64Array[],
  changes: readonly Float64Array[],
): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares = steps.map(() => 0);
  for (let k = steps.length - 1; k >= 0; k--) {
    const [step, change] = [steps[k] as Float64Array, changes[k] as Float64Array];
    const share = dot(step, direction) / dot(step, change);
    shares[k] = share;
    add(direction, change, -share);
  }
  const [step, change] = [steps.at(-1), changes.at(-1)];
  if (step && change) {
    const scale = dot(step, change) / dot(change, change);
    for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] as number) * scale;
  }
  for (let k = 0; k < steps.length; k++) {
    const [step, change] = [steps[k] as Float64Array, changes[k] as Float64Array];
    add(direction, step, (shares[k] as number) - dot(change, direction) / dot(step, change));
  }
  return direction;
}

function remember(list: Float64Array[], item: Float64Array): void {
  list.push(item);
  if (list.length > memory) list.shift();
}

function add(target: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) {
    target[i] = (target[i] as number) + factor * (other[i] as number);
  }
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - (b[i] as number));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
