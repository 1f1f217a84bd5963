import { turn } from './abortable.js';

/** Long work that says where it can be interrupted: at each `yield`. */
export type Interruptible<Result> = Generator<void, Result, undefined>;

/** Milliseconds that work holds the thread at once, if its pieces are short. */
const mostHeld = 4;

/** Does some work, and lets events have their turn every few milliseconds; throws the signal's reason. */
export async function inTurns<Result>(
  work: Interruptible<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  let since = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    if (performance.now() - since < mostHeld) continue;
    await turn(signal);
    since = performance.now();
  }
}

/** Does some work at once. */
export function atOnce<Result>(work: Interruptible<Result>): Result {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}
