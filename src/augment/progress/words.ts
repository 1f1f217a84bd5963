import type { DriftedColumn } from '../drift/drifted-column.js';
import type { FitStopped, GateStarted, RowsLearned } from '../events.js';
import type { GateVerdict } from '../gate/verdict.js';

/** A number with what it counts: '1 row', '2,000 rows'. */
export function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}

/** Which rows were learned of how many, and how far the others are from them. */
export function rowsLearnedInWords({ sample, rows, of, drifted }: RowsLearned): string {
  const learned = counted(rows, 'row');
  const all = of?.toLocaleString('en');
  if (sample === 'even') return `learns ${learned}, drawn evenly from all ${all}`;
  if (sample === 'reservoir' && !drifted) return `learns ${learned}, drawn evenly from ${all}`;
  const which = sample === 'first' ? `the first ${learned}` : `${learned} of the first ones`;
  const remedy = 'Give a file instead of a stream, which is learned evenly, or raise fit.rows';
  if (all === undefined) return `learns ${which}; those that follow are not read. ${remedy}`;
  return `learned ${which} of ${all}; ${restInWords(drifted ?? [])}. ${remedy}`;
}

/** Columns that are named, at most. */
const mostNamed = 5;

function restInWords(drifted: readonly DriftedColumn[]): string {
  if (drifted.length === 0) return 'the others are like them';
  const named = drifted.slice(0, mostNamed).map(({ name, index }) => `${name} ${index.toFixed(2)}`);
  const more = drifted.length > mostNamed ? ` and ${drifted.length - mostNamed} more` : '';
  return `the others are unlike them in ${named.join(', ')}${more} (population stability index)`;
}

/** A time for people: '8 s', '3 min 20 s', '2 h 5 min'. */
export function timeInWords(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}

/** The losses of a step, as in 'critic 0.50, generator -1.25'. */
export function lossesInWords(losses: Readonly<Record<string, number>>): string {
  return Object.entries(losses)
    .map(([name, loss]) => `${name} ${loss.toFixed(2)}`)
    .join(', ');
}

/** What came of a training; `score` is that of the state that is kept, by held-out rows. */
export function trainingInWords(
  { reason, because, step, kept, error }: FitStopped,
  seconds: number,
  score: number | undefined,
): string {
  if (reason === 'failed') return `training failed: ${(error as Error)?.message ?? String(error)}`;
  if (reason !== 'done') return 'training stopped: nobody wants its model any more';
  const why = { steps: '', seconds: ', as the time was up', patience: ', as nothing got better' };
  const steps = step === undefined ? '' : ` ${counted(step, 'step')}`;
  const best =
    kept === undefined || kept === step ? '' : `; the best state is kept, of step ${kept}`;
  const quality = score === undefined ? '' : `; score by held-out rows ${score.toFixed(3)}`;
  return `trained${steps} in ${timeInWords(seconds)}${why[because ?? 'steps']}${best}${quality}`;
}

/** What the gate is about to measure. */
export function gateInWords({
  ratio,
  target,
  fold,
  folds,
}: Pick<GateStarted, 'ratio' | 'target' | 'fold' | 'folds'>): string {
  const part = folds > 1 ? `, part ${fold} of ${folds}` : '';
  return `what synthetic rows at ${JSON.stringify(ratio)} do to predictions of '${target}'${part}`;
}

/** What the gate has decided, and why. */
export function verdictInWords(decided: GateVerdict & { readonly seconds?: number }): string {
  const { verdict, mixes, ratio, recipe, reason, seconds } = decided;
  const found = {
    helps: 'synthetic rows help',
    hurts: 'synthetic rows HURT',
    'cannot tell': 'whether synthetic rows help cannot be told',
  }[verdict];
  const maker = recipe === undefined ? '' : `, made by ${recipe}`;
  const done = mixes
    ? `they are mixed in at ${JSON.stringify(ratio)}${maker}`
    : 'none are mixed in';
  const cost = seconds === undefined ? '' : ` (measured in ${timeInWords(seconds)})`;
  return `gate: ${found}; ${done}: ${reason}${cost}`;
}
