import type { AugmentEvent } from '../events.js';
import { createGateHint } from './gate-hint.js';
import { openTerminal, type TextOutput } from './terminal.js';
import { watchFit } from './watch-fit.js';
import { rowsLearnedInWords, timeInWords, trainingInWords } from './words.js';

/** Seconds of training without a word. */
const silence = 10;

/**
 * What breaks the silence of a training that goes on for long: one line that says how to see more or
 * train shorter, and one when it is over; of a gate that takes as long, or lets nothing in; and of a
 * stream of which only the first rows were learned.
 */
export function createHint(
  output: TextOutput,
  now: () => number = Date.now,
): (event: AugmentEvent) => void {
  const terminal = openTerminal(output, false);
  const fit = watchFit(now);
  let hasSpoken = false;
  let isOver = false;
  const gate = createGateHint(silence, now);
  return (event) => {
    fit.observe(event);
    const ofGate = gate(event);
    if (ofGate !== undefined) terminal.line(ofGate);
    if (event.type === 'fit-step' && !hasSpoken && fit.seconds() >= silence) {
      const left = fit.secondsLeft(event);
      // After a first step that took long nothing is known of the rest.
      if (left === undefined) return;
      hasSpoken = true;
      terminal.line(
        `training goes on: step ${event.step} of ${event.steps}, about ` +
          `${timeInWords(left)} left. progress: 'log' shows more, ` +
          `fit: { seconds: 60 } or fit: { steps: ${fewerThan(event.steps)} } trains shorter, and progress: false says nothing`,
      );
    } else if (event.type === 'rows-learned' && event.sample === 'first') {
      terminal.line(rowsLearnedInWords(event));
    } else if (event.type === 'fit-stopped' && hasSpoken && !isOver) {
      isOver = true;
      terminal.line(trainingInWords(event, fit.seconds(), fit.score));
    }
  };
}

/** Steps of a shorter training that may still be of use. */
function fewerThan(steps: number): number {
  return Math.min(500, Math.max(1, Math.round(steps / 4)));
}
