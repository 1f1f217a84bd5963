import type { FitStopped, GateStarted } from '../events.js';
import type { GateVerdict } from '../gate/verdict.js';

/** A number with what it counts: '1 row', '2,000 rows'. */
export function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
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
export function gateInWords({ ratio, target }: Pick<GateStarted, 'ratio' | 'target'>): string {
  return `what synthetic rows at ${JSON.stringify(ratio)} do to predictions of '${target}'`;
}

/** What the gate has decided, and why. */
export function verdictInWords(decided: GateVerdict): string {
  const { verdict, ratio, target, measure, trials, reason } = decided;
  const { lift } = trials.at(-1) ?? {};
  const gain = `${signed(lift?.mean)} (${signed(lift?.low)} to ${signed(lift?.high)})`;
  const what = {
    accepted: `synthetic rows are mixed in at ${JSON.stringify(ratio)}`,
    lowered: `the ratio is lowered to ${JSON.stringify(ratio)}`,
    refused: 'no synthetic rows are mixed in',
  }[verdict];
  if (reason !== undefined) return `gate: ${what}: ${reason}`;
  return `gate: ${what}: they change ${measure} of '${target}' by ${gain}`;
}

function signed(value: number | null | undefined): string {
  if (value === null || value === undefined) return 'unknown';
  return `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
}
