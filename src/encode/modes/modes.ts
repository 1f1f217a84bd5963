import { fitMixture } from './mixture.js';
import { clip, type Mode, type Modes } from './mode.js';
import { coverRange } from './mode-coverage.js';
import { runStarts } from './sample-groups.js';

const atomShare = 0.05;
const minimumAtomRows = 3;

/** Gaussians of a smaller share of the rows are dropped (Xu et al. 2019). */
const gaussianShare = 0.005;

/**
 * Fits mode-specific normalisation (Xu et al. 2019, arXiv 1907.00503, section 4.2) to a sample:
 * value = (x − center) / (4 deviations), at most 10 Gaussians.
 *
 * Unlike the paper's, it loses no value of the sample's range: values that hold 5 % of the rows
 * are modes of their own, and come out exactly; every other number in the range is within 0.99 of
 * some mode. The order and the cuts of the sample do not matter.
 */
export function fitModes(values: Float64Array): Modes {
  // Plus 0: no negative zero, which JSON does not keep.
  const finite = values
    .filter(Number.isFinite)
    .map((value) => value + 0)
    .sort();
  const atoms = [...specialAtoms(values), ...frequentAtoms(finite, values.length)];
  const taken = new Set(atoms.map(({ center }) => center));
  const rest = finite.filter((value) => !taken.has(value));
  const [minimum, maximum] = [finite[0] ?? 0, finite.at(-1) ?? 0];
  const range = { minimum, maximum };
  // Of all rows: the few beside a dominant atom are not worth many modes.
  const minimumWeight = Math.min(0.5, (gaussianShare * values.length) / rest.length);
  const gaussians = fitMixture(rest, minimumWeight).map(({ weight, mean, deviation }): Mode => {
    const center = Math.max(minimum, Math.min(maximum, mean)) + 0;
    const share = (weight * rest.length) / values.length;
    if (deviation === 0) return atom(center, share);
    // No wider than the range: the whole of [-1, 1] is for values that occur.
    const reach = Math.max(maximum - center, center - minimum) / clip;
    return {
      kind: 'gaussian',
      center,
      deviation,
      halfWidth: Math.min(4 * deviation, reach),
      weight: share,
    };
  });
  return { ...range, modes: coverRange([...atoms, ...gaussians], range, rest, values.length) };
}

function atom(center: number, weight: number): Mode {
  return { kind: 'atom', center, deviation: 0, halfWidth: 0, weight };
}

function specialAtoms(values: Float64Array): Mode[] {
  return [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY].flatMap((special) => {
    const count = values.reduce((sum, value) => sum + (Object.is(value, special) ? 1 : 0), 0);
    return count === 0 ? [] : [atom(special, count / values.length)];
  });
}

function frequentAtoms(sorted: Float64Array, total: number): Mode[] {
  const least = Math.max(minimumAtomRows, atomShare * total);
  const starts = runStarts(sorted);
  return starts.slice(0, -1).flatMap((start, run) => {
    const count = (starts[run + 1] as number) - start;
    return count < least ? [] : [atom(sorted[start] as number, count / total)];
  });
}
