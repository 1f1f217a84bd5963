import type { RecordBatch } from 'apache-arrow';

/** Looks at the real batches, and may change how they are mixed. */
export interface BatchListener {
  /** Called before each batch is mixed. */
  before(batch: RecordBatch): Promise<void>;
  /** Called when the stream is complete. */
  end(): Promise<void>;
  dispose(): Promise<void>;
}

/** Watchers as one, each in its turn. */
export function combineListeners(listeners: readonly BatchListener[]): BatchListener | undefined {
  if (listeners.length === 0) return undefined;
  return {
    async before(batch) {
      for (const listener of listeners) await listener.before(batch);
    },
    async end() {
      for (const listener of listeners) await listener.end();
    },
    async dispose() {
      await Promise.allSettled(listeners.map((listener) => listener.dispose()));
    },
  };
}
