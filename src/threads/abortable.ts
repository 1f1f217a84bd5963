/**
 * The items of `source`, until `signal` aborts: then the iteration rejects with the signal's
 * reason at once, even while the source keeps us waiting, and the source is closed.
 */
export async function* abortable<T>(
  source: AsyncIterable<T>,
  signal?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  signal?.throwIfAborted();
  const iterator = source[Symbol.asyncIterator]();
  let open = true;
  try {
    while (true) {
      const step = await next(iterator, signal).catch((error) => {
        open = signal?.aborted ?? false;
        throw error;
      });
      if (step.done) {
        open = false;
        return;
      }
      yield step.value;
      signal?.throwIfAborted();
    }
  } finally {
    if (open) await close(iterator, signal);
  }
}

function next<T>(iterator: AsyncIterator<T>, signal?: AbortSignal) {
  return untilAborted(iterator.next(), signal);
}

/** What a promise gives, unless the signal aborts first: then its reason. */
export async function untilAborted<T>(promise: PromiseLike<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  // Nobody waits for it any more, and its failure must not end the process.
  if (signal.aborted) promise.then(undefined, () => {});
  signal.throwIfAborted();
  // One listener a call: racing against one long-lived promise would gather reactions without end.
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function close(iterator: AsyncIterator<unknown>, signal?: AbortSignal): Promise<void> {
  const closed = Promise.resolve(iterator.return?.());
  // A generator answers return() only after the next() it is busy with, which may never come.
  if (signal?.aborted) closed.catch(() => {});
  else await closed;
}

/** Lets waiting events have their turn in the middle of long work; throws the signal's reason. */
export async function yieldToEventLoop(signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
