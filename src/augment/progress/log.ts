import type { AugmentEvent, FitStep, StreamEnded } from '../events.js';
import { attackInWords } from '../privacy/attack/words.js';
import { openTerminal, type TextOutput } from './terminal.js';
import { watchFit } from './watch-fit.js';
import {
  counted,
  gateInWords,
  lossesInWords,
  rowsLearnedInWords,
  timeInWords,
  trainingInWords,
  verdictInWords,
} from './words.js';

/** Milliseconds between two lines of a training, and between two drawings of one. */
const intervals = { line: 5000, redraw: 100 } as const;

/** What tells of events in lines: how the training goes on, what is measured, and what came of it. */
export function createLog(
  output: TextOutput,
  redraws: boolean,
  now: () => number = Date.now,
): (event: AugmentEvent) => void {
  const terminal = openTerminal(output, redraws);
  const fit = watchFit(now);
  const interval = terminal.redraws ? intervals.redraw : intervals.line;
  let last = Number.NEGATIVE_INFINITY;
  const say = (text: string) => terminal.line(text);

  const step = (event: FitStep) => {
    if (now() - last < interval && event.step !== event.steps) return;
    last = now();
    const { step: done, steps, losses } = event;
    const seconds = done === steps ? undefined : fit.secondsLeft(event);
    const left = seconds === undefined ? '' : `, ${timeInWords(seconds)} left`;
    terminal.update(`training: step ${done} of ${steps}, ${lossesInWords(losses)}${left}`);
  };

  return (event) => {
    fit.observe(event);
    if (event.type === 'fit-step') step(event);
    else if (event.type === 'rows-learned') say(rowsLearnedInWords(event));
    else if (event.type === 'fit-started') {
      say(
        `training on ${counted(event.rows, 'row')}${event.cause === 'drift' ? ' that drifted' : ''}`,
      );
    } else if (event.type === 'fit-stopped') say(trainingInWords(event, fit.seconds(), fit.score));
    else if (event.type === 'fit-resumed') say(`training goes on from step ${event.step}`);
    else if (event.type === 'fit-rollback')
      say(`step ${event.step} gave no number; back to step ${event.to}`);
    else if (event.type === 'fit-alarm') say(`step ${event.step}: ${event.problem}`);
    else if (event.type === 'gate-started') say(`measuring ${gateInWords(event)}`);
    else if (event.type === 'gate') say(verdictInWords(event));
    else if (event.type === 'attacked') say(attackInWords(event));
    else if (event.type === 'drift')
      say(`rows have drifted: ${event.columns.map(({ name }) => name).join(', ')}`);
    else if (event.type === 'refit-failed')
      say(`the model stays, as no other came of it: ${messageOf(event.error)}`);
    else if (event.type === 'ended') say(endInWords(event, fit.score));
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function endInWords(
  { reason, realRows, syntheticRows }: StreamEnded,
  score: number | undefined,
): string {
  const rows = `${counted(syntheticRows, 'synthetic row')} among ${counted(realRows, 'real row')}`;
  const quality =
    score === undefined || syntheticRows === 0 ? '' : `; the model's score ${score.toFixed(3)}`;
  const how = { completed: 'done', failed: 'failed', cancelled: 'cancelled' }[reason];
  return `${how}: ${rows}${quality}`;
}
