/** What pushes items, such as an Observable of any version of RxJS. */
export interface Subscribable<Item> {
  /** Starts to send items, until an error, the end, or `unsubscribe`. */
  subscribe(observer: { next(item: Item): void; error(error: unknown): void; complete(): void }): {
    /** Asks for no more items. */
    unsubscribe(): void;
  };
}

/**
 * Pulls from what pushes: subscribes on the first `next()`, and keeps what arrives before it is asked
 * for. `return()` unsubscribes at once.
 */
export function pullQueue<Item>(source: Subscribable<Item>): AsyncIterator<Item, void> {
  const items: Item[] = [];
  let ended: { error?: unknown } | undefined;
  let wake = () => {};
  const subscribe = () => {
    const settle = (end: { error?: unknown }) => {
      ended = end;
      wake();
    };
    return source.subscribe({
      next: (item) => {
        items.push(item);
        wake();
      },
      error: (error: unknown) => settle({ error }),
      complete: () => settle({}),
    });
  };
  let subscription: { unsubscribe(): void } | undefined;
  return {
    async next() {
      if (!ended) subscription ??= subscribe();
      while (items.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (items.length > 0) return { done: false, value: items.shift() as Item };
      if (ended && 'error' in ended) throw ended.error;
      return { done: true, value: undefined };
    },
    async return() {
      ended = {};
      items.length = 0;
      subscription?.unsubscribe();
      wake();
      return { done: true, value: undefined };
    },
  };
}
