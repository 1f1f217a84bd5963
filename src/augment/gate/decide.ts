import type { ArmComparison } from '../../evaluate/utility/arm.js';
import type { GatePlan } from '../augment-plan.js';
import type { Candidate } from './candidate.js';
import { smoteArm } from './candidates.js';
import type { Gain, GainInterval, GateTrial, GateVerdict, Help } from './verdict.js';

/** A loss in one measure by more than this is no help, whatever the other one gains. */
const tolerated = 0.01;

/** Whether a gain is clearly above 0, below it, or neither. */
export function helpOf({ gain, measures }: Gain): Help {
  const { low, high } = gain;
  if (high !== null && high < 0) return 'hurts';
  const { macroF1, averagePrecision } = measures;
  const losses = [macroF1, averagePrecision].filter((each) => (each?.mean ?? 0) < -tolerated);
  return low !== null && low > 0 && losses.length === 0 ? 'helps' : 'cannot tell';
}

/** What came of the candidates that were compared. */
export function trialsOf(
  comparison: ArmComparison,
  candidates: readonly Candidate[],
  plan: Pick<GatePlan, 'atLeast' | 'mix'>,
): GateTrial[] {
  return candidates.flatMap(({ name, recipe, ratio, balance, isAgreed }) => {
    const gain = comparison.arms[name];
    if (!gain) return [];
    const verdict = helpOf(gain);
    return {
      ...(recipe === undefined ? {} : { recipe: nameOf(recipe) }),
      ratio,
      ...(balance === undefined ? {} : { balance }),
      ...(isAgreed ? { agree: true } : {}),
      ...gain,
      verdict,
      passed: passes(verdict, gain.gain, plan),
    };
  });
}

export function nameOf(recipe: NonNullable<Candidate['recipe']>): string {
  return typeof recipe === 'string' ? recipe : recipe.base;
}

function passes(
  verdict: Help,
  { mean }: GainInterval,
  { atLeast, mix }: Pick<GatePlan, 'atLeast' | 'mix'>,
): boolean {
  if (atLeast !== undefined) return mean !== null && mean >= atLeast;
  return mix === 'if it helps' ? verdict === 'helps' : verdict !== 'hurts';
}

/** The trial that is best of those that may be mixed in, or else of all. */
export function bestOf(trials: readonly GateTrial[]): number {
  const passed = trials.filter((trial) => trial.passed);
  const among = passed.length > 0 ? passed : trials;
  const best = among.reduce((first, second) =>
    (second.gain.mean ?? Number.NEGATIVE_INFINITY) > (first.gain.mean ?? Number.NEGATIVE_INFINITY)
      ? second
      : first,
  );
  return trials.indexOf(best);
}

/** The verdict on trials. */
export function verdictOf(
  trials: readonly GateTrial[],
  { task, free }: Pick<ArmComparison, 'task' | 'free'>,
  { target, by }: Pick<GateVerdict, 'target' | 'by'>,
): GateVerdict {
  const best = trials[bestOf(trials)] as GateTrial;
  const measure = task === 'regression' ? 'R²' : 'mean of macro F1 and average precision';
  const reason = reasonOf(best, free, { target, measure, by });
  return {
    verdict: best.verdict,
    mixes: best.passed,
    ratio: best.passed ? best.ratio : 0,
    ...(best.passed && best.recipe !== undefined ? { recipe: best.recipe } : {}),
    ...(best.passed && best.balance !== undefined ? { balance: best.balance } : {}),
    ...(best.passed && best.agree ? { agree: true } : {}),
    target,
    measure,
    reason,
    gain: best.gain,
    trials,
    free,
    by,
  };
}

function reasonOf(
  best: GateTrial,
  free: Readonly<Record<string, Gain>>,
  { target, measure, by }: Pick<GateVerdict, 'target' | 'measure' | 'by'>,
): string {
  const { mean, low, high } = best.gain;
  if (mean === null) {
    return (
      `nothing could be measured, as the held-out rows lack a class of '${target}', or hold one value ` +
      `of it. Hold out more rows, or rows that have them`
    );
  }
  const how = by.folds > 1 ? `${by.repeats} × ${by.folds} folds of` : 'held out';
  const found =
    `${signed(mean)} (95 % from ${signed(low)} to ${signed(high)}) in the ${measure} of '${target}', ` +
    `${how} ${by.rows} real rows`;
  const unseen = low === null || high === null ? 0 : (high - low) / 2;
  // Where real rows alone are always right, nothing is left to be seen.
  const power =
    best.verdict === 'cannot tell' && unseen >= 0.0005
      ? `; with so few rows less than about ${unseen.toFixed(3)} cannot be seen`
      : '';
  const cheaper = Object.entries(free)
    .filter(([, { gain }]) => gain.mean !== null && gain.mean > 0 && gain.mean >= mean)
    .sort(([, a], [, b]) => (b.gain.mean ?? 0) - (a.gain.mean ?? 0))[0];
  const advice = cheaper
    ? `. ${cheaper[0]} ${cheaper[0] === smoteArm ? 'instead' : 'without any synthetic row'}: ${signed(cheaper[1].gain.mean)}`
    : '';
  const cut = by.isCut ? '; the time was up before all of it was measured' : '';
  return `${found}${cut}${power}${advice}`;
}

function signed(value: number | null): string {
  if (value === null) return 'unknown';
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}
