/**
 * What `work` makes of each item of `source`, in order. While the consumer is busy with one result,
 * up to `ahead` more are in the making. An error, of the source too, comes after the results before it.
 */
export async function* mapAhead<Item, Result>(
  source: AsyncIterable<Item> | Iterable<Item>,
  ahead: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const items =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const begun: Promise<Result>[] = [];
  let ended = false;
  const begin = (result: Promise<Result>) => {
    // It may fail long before it is asked for.
    result.catch(() => {});
    begun.push(result);
  };
  try {
    while (true) {
      while (!ended && begun.length <= ahead) {
        try {
          const { done, value } = await items.next();
          if (done) ended = true;
          else begin(work(value));
        } catch (error) {
          ended = true;
          begin(Promise.reject(error));
        }
      }
      const next = begun.shift();
      if (!next) return;
      yield await next;
    }
  } finally {
    if (!ended) await items.return?.();
  }
}
