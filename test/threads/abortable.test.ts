import { describe, expect, it } from 'vitest';
import { abortable } from '../../src/threads/abortable.js';
import { collect } from '../data/support/arbitrary-batches.js';
import { endless, stuck } from '../data/support/example.js';

const reason = new Error('enough');

describe('abortable', () => {
  it('should pass items and errors without a signal', async () => {
    async function* source() {
      yield 1;
      yield 2;
      throw reason;
    }
    const seen: number[] = [];

    const reading = (async () => {
      for await (const item of abortable(source())) seen.push(item);
    })();

    await expect(reading).rejects.toBe(reason);
    expect(seen).toEqual([1, 2]);
  });

  it('should reject with the reason between items, and close the source', async () => {
    const { state, batches } = endless();
    const controller = new AbortController();

    const reading = (async () => {
      for await (const _ of abortable(batches, controller.signal)) controller.abort(reason);
    })();

    await expect(reading).rejects.toBe(reason);
    expect(state.closed).toBe(true);
  });

  it('should reject at once while the source keeps it waiting', async () => {
    const controller = new AbortController();
    const reading = collect(abortable(stuck(), controller.signal));
    setTimeout(() => controller.abort(reason), 5);

    await expect(reading).rejects.toBe(reason);
  });

  it('should not start when the signal has aborted', async () => {
    let started = false;
    async function* source() {
      started = true;
      yield 1;
    }

    await expect(collect(abortable(source(), AbortSignal.abort(reason)))).rejects.toBe(reason);
    expect(started).toBe(false);
  });

  it('should close the source when it is left', async () => {
    const { state, batches } = endless();

    for await (const _ of abortable(batches, new AbortController().signal)) break;

    expect(state.closed).toBe(true);
  });

  it('should leave no listener behind', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: never[]) => {
      listeners++;
      addEventListener.apply(signal, args as never);
    };
    signal.removeEventListener = (...args: never[]) => {
      listeners--;
      removeEventListener.apply(signal, args as never);
    };

    for await (const batch of abortable(endless().batches, signal)) {
      if (batch.get(0)?.id > 50) break;
    }

    expect(listeners).toBe(0);
  });
});
