import type { AugmentEvent, FitStep } from '../events.js';

/** How a training stands: when it started, and the score of the best state so far. */
export interface FitWatch {
  /** Takes in an event. */
  observe(event: AugmentEvent): void;
  /** Seconds since the training started. */
  seconds(): number;
  /** Score of the best state so far, by held-out rows; undefined if none is known. */
  readonly score: number | undefined;
  /** Seconds that are left, about, if the rest goes on as so far; undefined after the first ones. */
  secondsLeft(step: FitStep): number | undefined;
}

/** Milliseconds in which steps count as one: those that are made at once are told of at once. */
const together = 20;

/** @param now Milliseconds. */
export function watchFit(now: () => number): FitWatch {
  let started = now();
  let first: { readonly step: number; readonly at: number } | undefined;
  let score: number | undefined;
  return {
    observe(event) {
      if (event.type === 'fit-started') {
        started = now();
        first = undefined;
        score = undefined;
      }
      if (event.type === 'fit-score' && event.best) score = event.score;
      if (event.type !== 'fit-step') return;
      first ??= { step: event.step, at: now() };
      if (now() - first.at < together) first = { step: event.step, at: first.at };
    },
    seconds: () => (now() - started) / 1000,
    get score() {
      return score;
    },
    secondsLeft({ step, steps }) {
      const done = step - (first?.step ?? step);
      if (!first || done === 0) return undefined;
      return (((now() - first.at) / done) * (steps - step)) / 1000;
    },
  };
}
