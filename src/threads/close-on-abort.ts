/**
 * The items of a source, which is closed the moment that `signal` aborts: also while it keeps us
 * waiting, and while nobody asks it for more. Its teardown runs within `abort()`, as RxJS users expect
 * of `unsubscribe()`.
 */
export function closeOnAbort<Item>(
  source: AsyncIterable<Item>,
  signal: AbortSignal | undefined,
): AsyncIterable<Item> {
  if (!signal) return source;
  return { [Symbol.asyncIterator]: () => closing(source[Symbol.asyncIterator](), signal) };
}

function closing<Item>(iterator: AsyncIterator<Item>, signal: AbortSignal): AsyncIterator<Item> {
  const done = { done: true, value: undefined } as const;
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return done;
    leave();
    return (await iterator.return?.()) ?? done;
  };
  // After an abort, what fails in closing concerns nobody.
  const onAbort = () => void close().catch(() => {});
  const leave = () => {
    isOpen = false;
    signal.removeEventListener('abort', onAbort);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    async next() {
      if (!isOpen) return done;
      try {
        const step = await iterator.next();
        if (step.done) leave();
        return step;
      } catch (error) {
        leave();
        throw error;
      }
    },
    return: close,
  };
}
