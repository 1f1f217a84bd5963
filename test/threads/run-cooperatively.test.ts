import { describe, expect, it } from 'vitest';
import {
  type CooperativeTask,
  runAtOnce,
  runCooperatively,
} from '../../src/threads/run-cooperatively.js';

/** Counts to `pieces`, and takes about a millisecond for each. */
function* counting(pieces: number): CooperativeTask<number> {
  for (let piece = 0; piece < pieces; piece++) {
    for (const start = performance.now(); performance.now() - start < 1; );
    yield;
  }
  return pieces;
}

describe('runCooperatively', () => {
  it('should let events have their turn while it works, and give what the work gives', async () => {
    let turns = 0;
    let immediate = setImmediate(function again() {
      turns++;
      immediate = setImmediate(again);
    });

    const result = await runCooperatively(counting(50));
    clearImmediate(immediate);

    expect(result).toBe(50);
    expect(turns).toBeGreaterThan(5);
  });

  it('should stop with the reason of a signal', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const work = runCooperatively(counting(10_000), controller.signal);

    setImmediate(() => controller.abort(reason));

    await expect(work).rejects.toBe(reason);
  });

  it('should give the same at once', () => {
    expect(runAtOnce(counting(3))).toBe(3);
  });
});
