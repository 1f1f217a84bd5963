import { yieldToEventLoop } from './abortable.js';

/** Long work that says where it can be interrupted: at each `yield`. */
export type CooperativeTask<Result> = Generator<void, Result, undefined>;

/** Milliseconds that work holds the thread at once, if its pieces are short. */
const held = { least: 4, most: 50 } as const;

/**
 * Does some work, and lets events have their turn in between; throws the signal's reason.
 *
 * It holds the thread for as long as they did in the turn before, within bounds: beside a stream that
 * is busy it gets half of the time, and else events hardly wait.
 */
export async function runCooperatively<Result>(
  work: CooperativeTask<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  let since = performance.now();
  let allowed: number = held.least;
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    const now = performance.now();
    if (now - since < allowed) continue;
    await yieldToEventLoop(signal);
    since = performance.now();
    allowed = Math.min(Math.max(since - now, held.least), held.most);
  }
}

/** Does some work at once. */
export function runAtOnce<Result>(work: CooperativeTask<Result>): Result {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}
