import type { Bounds } from './bulk.js';
import { clip, type Mode } from './mode.js';

/** A Gaussian may be stretched by this much to close a hole; a wider hole gets the bridge. */
const maximumStretch = 1.5;

/**
 * Makes every number of the range encodable: stretches Gaussians over small holes between them,
 * and adds one bridge mode over the whole range if larger holes remain. The weight of the
 * bridge is the share of `rows` that it alone encodes, of `values`: the sample without atoms.
 * Intervals, and a bridge that is there already, leave no holes.
 */
export function coverRange(
  modes: readonly Mode[],
  range: Bounds,
  values: Float64Array,
  rows: number,
): readonly Mode[] {
  if (modes.some(({ kind }) => kind === 'interval' || kind === 'bridge')) {
    return [...modes].sort(byCenter);
  }
  const gaussians = modes.filter(({ kind }) => kind === 'gaussian');
  const others = modes.filter(({ kind }) => kind !== 'gaussian');
  const stretched = closeHoles(gaussians, range);
  const holes = holesOf(stretched, range);
  if (holes.length === 0) return [...others, ...stretched].sort(byCenter);
  const alone = values.filter((value) => holes.some((hole) => isInside(hole, value))).length;
  return [...[...others, ...stretched].sort(byCenter), wholeRange('bridge', range, alone / rows)];
}

/** A mode that encodes every number of the range alike. */
export function wholeRange(
  kind: 'interval' | 'bridge' | 'far',
  { minimum, maximum }: Bounds,
  weight: number,
): Mode {
  const halfWidth = (maximum / 2 - minimum / 2) / clip;
  return { kind, center: minimum / 2 + maximum / 2, deviation: 0, halfWidth, weight };
}

/** Parts of the range that no Gaussian encodes within the clip, in order. */
function holesOf(gaussians: readonly Mode[], { minimum, maximum }: Bounds): Bounds[] {
  const holes: Bounds[] = [];
  let covered = minimum;
  const byStart = gaussians.toSorted((a, b) => reachOf(a).minimum - reachOf(b).minimum);
  for (const gaussian of byStart) {
    const reach = reachOf(gaussian);
    if (reach.minimum > covered) holes.push({ minimum: covered, maximum: reach.minimum });
    covered = Math.max(covered, reach.maximum);
  }
  if (covered < maximum) holes.push({ minimum: covered, maximum });
  // Slivers are rounding: the nearest mode takes them, clipped, within any tolerance.
  const sliver = (maximum - minimum) * 2 ** -40;
  return holes.filter((hole) => hole.maximum - hole.minimum > sliver);
}

function closeHoles(gaussians: readonly Mode[], range: Bounds): Mode[] {
  const modes = [...gaussians];
  for (const hole of holesOf(gaussians, range)) {
    const needed = modes.map(({ center }) => {
      return Math.max(Math.abs(hole.minimum - center), Math.abs(hole.maximum - center)) / clip;
    });
    const stretch = needed.map((halfWidth, k) => halfWidth / (modes[k] as Mode).halfWidth);
    const least = stretch.indexOf(Math.min(...stretch));
    if (least < 0 || (stretch[least] as number) > maximumStretch) continue;
    modes[least] = { ...(modes[least] as Mode), halfWidth: needed[least] as number };
  }
  return modes;
}

function reachOf({ center, halfWidth }: Mode): Bounds {
  return { minimum: center - clip * halfWidth, maximum: center + clip * halfWidth };
}

function isInside({ minimum, maximum }: Bounds, value: number): boolean {
  return value >= minimum && value <= maximum;
}

function byCenter(a: Mode, b: Mode): number {
  // NaN sorts first.
  return Number(Number.isNaN(b.center)) - Number(Number.isNaN(a.center)) || a.center - b.center;
}
