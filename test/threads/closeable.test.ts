import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { closeable } from '../../src/threads/closeable.js';

const reason = new Error('enough');
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Counts up without end, and tells when it is closed. */
function counting(outer: AbortSignal) {
  const closed = vi.fn();
  const numbers = closeable(async function* (signal) {
    try {
      for (let number = 0; ; number++) {
        signal.throwIfAborted();
        yield number;
      }
    } finally {
      closed();
    }
  }, outer);
  return { closed, iterator: numbers[Symbol.asyncIterator]() };
}

describe('closeable', () => {
  it('should be closed by its signal while nobody asks for more, and then reject with the reason', async () => {
    const controller = new AbortController();
    const { closed, iterator } = counting(controller.signal);
    await iterator.next();

    controller.abort(reason);
    await settle();

    expect(closed).toHaveBeenCalledOnce();
    await expect(iterator.next()).rejects.toBe(reason);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('should reject with the reason where it is aborted before it is asked for anything', async () => {
    const controller = new AbortController();
    const { iterator } = counting(controller.signal);

    controller.abort(reason);

    await expect(iterator.next()).rejects.toBe(reason);
  });

  it('should answer return() after it was aborted, and raise nothing', async () => {
    const controller = new AbortController();
    const { closed, iterator } = counting(controller.signal);
    await iterator.next();

    controller.abort(reason);

    expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(closed).toHaveBeenCalledOnce();
  });

  it.each(['return', 'end', 'failure'])('should let go of its signal after its %s', async (how) => {
    const { signal } = new AbortController();
    const numbers = closeable(async function* () {
      yield 1;
      if (how === 'failure') throw reason;
    }, signal);
    const iterator = numbers[Symbol.asyncIterator]();
    await iterator.next();
    const during = getEventListeners(signal, 'abort').length;

    if (how === 'return') await iterator.return?.();
    else await iterator.next().catch(() => {});

    expect(during).toBe(1);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
