/**
 * An async iterable that can be closed while a `next()` is pending.
 *
 * `return()` of a bare async generator waits for that `next()`, which may be busy training, or
 * waiting for a source that never answers. Here it aborts the signal that `start` was given first.
 *
 * @param outer Also ends the iteration, which then rejects with its reason; also while nobody asks
 * for more, so that what it holds open is closed.
 */
export function closeable<Item>(
  start: (signal: AbortSignal) => AsyncGenerator<Item, void, undefined>,
  outer?: AbortSignal,
): AsyncIterable<Item> {
  return {
    [Symbol.asyncIterator]() {
      const controller = new AbortController();
      const signal = outer ? AbortSignal.any([outer, controller.signal]) : controller.signal;
      const generator = start(signal);
      const done = { done: true, value: undefined } as const;
      let [pending, isStarted] = [0, false];
      let stopped: Promise<unknown> | undefined;
      const stop = () => {
        if (pending === 0 && isStarted) stopped = generator.return().catch(() => {});
      };
      outer?.addEventListener('abort', stop, { once: true });
      const forget = () => outer?.removeEventListener('abort', stop);
      const settle = async (result: Promise<IteratorResult<Item, void>>) => {
        pending++;
        try {
          const settled = await result;
          if (settled.done) forget();
          return settled;
        } catch (error) {
          forget();
          // After closing, what the pending work still raises concerns nobody.
          if (controller.signal.aborted) return done;
          throw error;
        } finally {
          pending--;
        }
      };
      return {
        async next() {
          if (!stopped) {
            isStarted = true;
            return settle(generator.next());
          }
          await stopped;
          stopped = undefined;
          forget();
          throw outer?.reason;
        },
        return() {
          controller.abort();
          stopped = undefined;
          return settle(generator.return());
        },
      };
    },
  };
}
