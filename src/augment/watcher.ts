import type { RecordBatch } from 'apache-arrow';

/** Looks at the real batches, and may change how they are mixed. */
export interface Watcher {
  /** Called before each batch is mixed. */
  before(batch: RecordBatch): Promise<void>;
  /** Called when the stream is complete. */
  end(): Promise<void>;
  dispose(): Promise<void>;
}
