/**
 * An async iterable that can be closed while a `next()` is pending.
 *
 * `return()` of a bare async generator waits for that `next()`, which may be busy training, or
 * waiting for a source that never answers. Here it aborts the signal that `start` was given first.
 *
 * @param outer Also ends the iteration, which then rejects with its reason.
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
      // After closing, what the pending work still raises concerns nobody.
      const quiet = (result: Promise<IteratorResult<Item, void>>) =>
        result.catch((error: unknown) => {
          if (controller.signal.aborted) return done;
          throw error;
        });
      return {
        next: () => quiet(generator.next()),
        return() {
          controller.abort();
          return quiet(generator.return());
        },
      };
    },
  };
}
