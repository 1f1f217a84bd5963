import { describe, expect, it } from 'vitest';
import { atOnce, type Interruptible, inTurns } from '../../src/threads/run-cooperatively.js';

/** Counts to `pieces`, and takes about a millisecond for each. */
function* counting(pieces: number): Interruptible<number> {
  for (let piece = 0; piece < pieces; piece++) {
    for (const start = performance.now(); performance.now() - start < 1; );
    yield;
  }
  return pieces;
}

describe('inTurns', () => {
  it('should let events have their turn while it works, and give what the work gives', async () => {
    let turns = 0;
    let immediate = setImmediate(function again() {
      turns++;
      immediate = setImmediate(again);
    });

    const result = await inTurns(counting(50));
    clearImmediate(immediate);

    expect(result).toBe(50);
    expect(turns).toBeGreaterThan(5);
  });

  it('should stop with the reason of a signal', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const work = inTurns(counting(10_000), controller.signal);

    setImmediate(() => controller.abort(reason));

    await expect(work).rejects.toBe(reason);
  });

  it('should give the same at once', () => {
    expect(atOnce(counting(3))).toBe(3);
  });
});
