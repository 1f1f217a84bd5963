import type { RecordBatch } from 'apache-arrow';

/** Looks at the real batches, and may change how they are mixed. */
export interface Watcher {
  /** Called before each batch is mixed. */
  before(batch: RecordBatch): Promise<void>;
  /** Called when the stream is complete. */
  end(): Promise<void>;
  dispose(): Promise<void>;
}

/** Watchers as one, each in its turn. */
export function together(watchers: readonly Watcher[]): Watcher | undefined {
  if (watchers.length === 0) return undefined;
  return {
    async before(batch) {
      for (const watcher of watchers) await watcher.before(batch);
    },
    async end() {
      for (const watcher of watchers) await watcher.end();
    },
    async dispose() {
      await Promise.allSettled(watchers.map((watcher) => watcher.dispose()));
    },
  };
}
