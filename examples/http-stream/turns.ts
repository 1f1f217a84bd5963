import { setTimeout as sleep } from 'node:timers/promises';

/** Lets one at a time do its work, in the order of asking. */
export interface Turns {
  /** Does the work when it is its turn; between two turns the event loop goes on. */
  take<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Milliseconds after which the next one begins: this one waits for a disk, or for training. */
const patience = 50;

/**
 * Turns for work of the processor: twenty streams that were ready at once would hold the event loop
 * for the time of all twenty.
 */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const result = last.then(work);
      const done = result.catch(() => {});
      last = last
        .then(() => Promise.race([done, sleep(patience)]))
        .then(() => new Promise((next) => setImmediate(next)));
      return result;
    },
  };
}
