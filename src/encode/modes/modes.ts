import { type Bounds, findBulk } from './bulk.js';
import { cutIntervals } from './intervals.js';
import { fitMixture, type MixtureComponent } from './mixture.js';
import { atom, clip, type Mode, type Modes } from './mode.js';
import { coverRange, wholeRange } from './mode-coverage.js';
import { momentsOf, runStarts } from './sample-groups.js';

const atomShare = 0.05;
const minimumAtomRows = 3;

/** Extremes that are modes of their own, at most. */
const maximumExtremes = 16;

/** Gaussians of a smaller share of the rows are dropped (Xu et al. 2019). */
const gaussianShare = 0.005;

/** How the modes of numbers are found. */
export interface ModeOptions {
  /** Rows that a mode stands for, at least. Default 1. */
  readonly leastRows?: number | undefined;
  /**
   * What numbers that are no atoms are in: Gaussians of a mixture (default), for networks that make
   * the numbers within them, or intervals of equally many rows, for those that draw a mode alone.
   */
  readonly numbers?: 'gaussians' | 'intervals' | undefined;
}

/**
 * Fits mode-specific normalisation (Xu et al. 2019, arXiv 1907.00503, section 4.2) to a sample:
 * value = (x − center) / (4 deviations), at most 10 Gaussians.
 *
 * Unlike the paper's, it loses no value of the sample's range: values that hold 5 % of the rows
 * are modes of their own, and come out exactly; every other number in the range is within 0.99 of
 * some mode. The order and the cuts of the sample do not matter.
 *
 * Extremes (see `findBulk`) have no part in the scale of the others: those that three rows share are
 * modes of their own, and one 'far' mode over the whole range is for the rest of them. Without such
 * a rest there is none, and a number beyond the bulk goes to the nearer of its edge and the extremes.
 */
export function fitModes(values: Float64Array, options: ModeOptions = {}): Modes {
  const { leastRows = 1, numbers } = options;
  const cut = numbers === 'intervals' ? cutBulk : fitBulk;
  // Plus 0: no negative zero, which JSON does not keep.
  const finite = values
    .filter(Number.isFinite)
    .map((value) => value + 0)
    .sort();
  const least = Math.max(minimumAtomRows, leastRows);
  const frequent = frequentAtoms(finite, values.length, Math.max(least, atomShare * values.length));
  const frequentValues = new Set(frequent.map(({ center }) => center));
  const rest = finite.filter((value) => !frequentValues.has(value));
  const range = { minimum: finite[0] ?? 0, maximum: finite.at(-1) ?? 0 };
  const bulk = findBulk(rest, range);
  const special = specialAtoms(values);
  if (!bulk) {
    const atoms = [...special, ...frequent];
    return { ...range, modes: cut(atoms, rest, range, values.length, leastRows) };
  }
  const isInBulk = (value: number) => value >= bulk.minimum && value <= bulk.maximum;
  const extremes = rest.filter((value) => !isInBulk(value));
  const repeated = frequentAtoms(extremes, values.length, least)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, maximumExtremes);
  const repeatedValues = new Set(repeated.map(({ center }) => center));
  const lone = extremes.filter((value) => !repeatedValues.has(value)).length;
  const atoms = [...special, ...frequent, ...repeated];
  const modes = cut(atoms, rest.filter(isInBulk), bulk, values.length, leastRows);
  const far = lone === 0 ? [] : [wholeRange('far', range, lone / values.length)];
  return { ...range, bulk, modes: [...modes, ...far] };
}

/** Atoms, and the Gaussians of the rest of the values, which lie within the range. */
function fitBulk(
  atoms: readonly Mode[],
  rest: Float64Array,
  range: Bounds,
  rows: number,
  leastRows: number,
): readonly Mode[] {
  const { minimum, maximum } = range;
  // Of all rows: the few beside a dominant atom are not worth many modes.
  const fewest = Math.max(gaussianShare * rows, leastRows > 1 ? leastRows : 0);
  const minimumWeight = Math.min(0.5, fewest / rest.length);
  const components =
    leastRows > 1 && rest.length < 2 * leastRows
      ? oneGaussian(rest)
      : fitMixture(rest, minimumWeight);
  const gaussians = components.map(({ weight, mean, deviation }): Mode => {
    const center = Math.max(minimum, Math.min(maximum, mean)) + 0;
    const share = (weight * rest.length) / rows;
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
  return coverRange([...atoms, ...gaussians], range, rest, rows);
}

/** Atoms, and the intervals of the rest of the values, which cover the range. */
function cutBulk(
  atoms: readonly Mode[],
  rest: Float64Array,
  range: Bounds,
  rows: number,
  leastRows: number,
): readonly Mode[] {
  return coverRange([...atoms, ...cutIntervals(rest, range, rows, leastRows)], range, rest, rows);
}

/** Of few values one Gaussian: more would stand for single ones. */
function oneGaussian(values: Float64Array): MixtureComponent[] {
  const { mean, variance } = momentsOf(values);
  return values.length === 0 ? [] : [{ weight: 1, mean, deviation: Math.sqrt(variance) }];
}

function specialAtoms(values: Float64Array): Mode[] {
  return [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY].flatMap((special) => {
    const count = values.reduce((sum, value) => sum + (Object.is(value, special) ? 1 : 0), 0);
    return count === 0 ? [] : [atom(special, count / values.length)];
  });
}

function frequentAtoms(sorted: Float64Array, total: number, least: number): Mode[] {
  const starts = runStarts(sorted);
  return starts.slice(0, -1).flatMap((start, run) => {
    const count = (starts[run + 1] as number) - start;
    return count < least ? [] : [atom(sorted[start] as number, count / total)];
  });
}
