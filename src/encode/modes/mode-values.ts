import type { Random } from '../../random.js';
import type { Span, SpanValues } from '../encoder.js';
import type { Bounds } from './bulk.js';
import { heightOf, placeOf } from './curve.js';
import { clip, type Mode, type Modes } from './mode.js';

/** A scalar, unless every mode is an atom; and which mode, unless there is only one. */
export function modeSpans({ modes }: Modes): Span[] {
  const scalar = modes.some(({ halfWidth }) => halfWidth > 0);
  return [
    ...(scalar ? [{ kind: 'scalar' } as const] : []),
    ...(modes.length > 1 ? [{ kind: 'onehot', width: modes.length, role: 'mode' } as const] : []),
  ];
}

/**
 * Numbers → the spans of `modeSpans`, one uniform draw for each row.
 *
 * An atom is its own mode. Any other number picks, from the posterior, among the Gaussians that
 * encode it unclipped, else it gets the bridge, or beyond the bulk the far mode. Numbers out of
 * range are taken to its edge; an infinity that was not in the sample too; null rows (`valid` 0)
 * and a NaN that was not in the sample are encoded as the center of the heaviest mode.
 */
export function encodeModes(
  fitted: Modes,
  values: Float64Array,
  valid: Uint8Array | undefined,
  random: Random,
): SpanValues[] {
  const { modes, minimum, maximum, bulk } = fitted;
  const scalars = new Float32Array(values.length);
  const codes = new Int32Array(values.length);
  const atoms = new Map<number, number>();
  modes.forEach(({ kind, center }, code) => {
    if (kind === 'atom') atoms.set(center, code);
  });
  const heaviest = heaviestMode(modes);
  const pick = bulk ? bulkPicker(modes, bulk) : posteriorPicker(modes);
  for (let row = 0; row < values.length; row++) {
    const draw = random.uniform();
    const value = values[row] as number;
    const code = valid?.[row] === 0 ? heaviest : atoms.get(value);
    if (code !== undefined || Number.isNaN(value)) {
      codes[row] = code ?? heaviest;
      continue;
    }
    const inside = Math.max(minimum, Math.min(maximum, value));
    const chosen = atoms.get(inside) ?? pick(inside, draw);
    const { center, halfWidth, curve } = modes[chosen] as Mode;
    const raw = halfWidth === 0 ? 0 : (inside - center) / halfWidth;
    // Only rounding at the very edge of a mode is clipped here.
    const scalar = Math.max(-clip, Math.min(clip, raw));
    scalars[row] = curve ? placeOf(curve, scalar) : scalar;
    codes[row] = chosen;
  }
  return modeSpans(fitted).map(({ kind }) => (kind === 'scalar' ? scalars : codes));
}

/**
 * The spans of `modeSpans` → numbers within the range.
 *
 * Atoms are exact. Of other numbers the largest error of decode∘encode is a float32 step of the widest
 * mode, half its width · 2^-24, and a few parts in 2^52 of the number itself.
 */
export function decodeModes(
  fitted: Modes,
  spans: readonly SpanValues[],
  rows: number,
): Float64Array {
  const { modes, minimum, maximum, bulk } = fitted;
  const bounds = modes.map(({ kind }) => (bulk && kind !== 'far' ? bulk : { minimum, maximum }));
  const kinds = modeSpans(fitted).map(({ kind }) => kind);
  const scalars = spans[kinds.indexOf('scalar')];
  const codes = spans[kinds.indexOf('onehot')];
  const centers = Float64Array.from(modes, ({ center }) => center);
  const halfWidths = Float64Array.from(modes, ({ halfWidth }) => halfWidth);
  const curves = modes.map(({ curve }) => curve);
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const code = codes ? (codes[row] as number) : 0;
    const center = centers[code] as number;
    const halfWidth = halfWidths[code] as number;
    const curve = curves[code];
    const scalar = scalars?.[row] || 0;
    const value = center + halfWidth * (curve ? heightOf(curve, scalar) : scalar);
    const { minimum: least, maximum: most } = bounds[code] as Bounds;
    // An atom may lie anywhere, also be infinite or no number.
    values[row] = halfWidth === 0 ? center : Math.max(least, Math.min(most, value));
  }
  return values;
}

function heaviestMode(modes: readonly Mode[]): number {
  return modes.reduce(
    (best, { weight }, k) => (weight > (modes[best] as Mode).weight ? k : best),
    0,
  );
}

/** (value, uniform draw) → a mode that encodes the value. */
function posteriorPicker(modes: readonly Mode[]): (value: number, draw: number) => number {
  if (modes.some(({ kind }) => kind === 'interval')) return intervalPicker(modes);
  const gaussians = modes.flatMap((mode, code) =>
    mode.kind === 'gaussian'
      ? [{ ...mode, code, log: Math.log(mode.weight) - Math.log(mode.deviation) }]
      : [],
  );
  const logs = new Float64Array(gaussians.length);
  return (value, draw) => {
    let highest = Number.NEGATIVE_INFINITY;
    gaussians.forEach(({ center, deviation, halfWidth, log }, k) => {
      const distance = value - center;
      const fits = Math.abs(distance) <= clip * halfWidth;
      logs[k] = fits ? log - (distance / deviation) ** 2 / 2 : Number.NEGATIVE_INFINITY;
      highest = Math.max(highest, logs[k] as number);
    });
    if (highest === Number.NEGATIVE_INFINITY) return nearestMode(modes, value);
    let total = 0;
    for (const log of logs) total += Math.exp(log - highest);
    let left = draw * total;
    let last = 0;
    for (let k = 0; k < logs.length; k++) {
      const share = Math.exp((logs[k] as number) - highest);
      if (share === 0) continue;
      last = (gaussians[k] as { code: number }).code;
      left -= share;
      if (left <= 0) return last;
    }
    return last;
  };
}

/** The same of intervals side by side: the one that holds the value. */
function intervalPicker(modes: readonly Mode[]): (value: number) => number {
  const intervals = modes
    .flatMap(({ kind, center, halfWidth }, code) =>
      kind === 'interval' ? [{ code, start: center - clip * halfWidth }] : [],
    )
    .sort((a, b) => a.start - b.start);
  return (value) => {
    let [low, high] = [0, intervals.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((intervals[middle] as { start: number }).start <= value) low = middle;
      else high = middle - 1;
    }
    return (intervals[low] as { code: number }).code;
  };
}

/**
 * The same beside extremes: in the bulk the far mode has no part, beyond it no other one; without a
 * far mode a number beyond the bulk goes to its nearest edge or atom.
 */
function bulkPicker(
  modes: readonly Mode[],
  { minimum, maximum }: Bounds,
): (value: number, draw: number) => number {
  const far = modes.findIndex(({ kind }) => kind === 'far');
  const pick = posteriorPicker(modes.filter(({ kind }) => kind !== 'far'));
  return (value, draw) => {
    const edge = Math.max(minimum, Math.min(maximum, value));
    if (value === edge) return pick(value, draw);
    if (far >= 0) return far;
    const distances = modes.map(({ kind, center }) =>
      kind === 'atom' ? Math.abs(value - center) : Number.POSITIVE_INFINITY,
    );
    const nearest = distances.indexOf(Math.min(...distances.filter(Number.isFinite)));
    const isAtom = nearest >= 0 && (distances[nearest] as number) < Math.abs(value - edge);
    return isAtom ? nearest : pick(edge, draw);
  };
}

function nearestMode(modes: readonly Mode[], value: number): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  modes.forEach(({ center, halfWidth }, k) => {
    const distance = Math.abs(value - center) / halfWidth;
    if (distance < least) [nearest, least] = [k, distance];
  });
  return nearest;
}
