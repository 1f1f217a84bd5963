import type { RecordBatch } from 'apache-arrow';
import { readBatches } from '../data/open.js';
import type { Context } from './console.js';

/** Batches of a file, or of stdin for '-'. */
export async function* readInput(
  path: string,
  { console, signal }: Context,
): AsyncGenerator<RecordBatch, void, undefined> {
  if (path !== '-') {
    yield* readBatches(path, { signal });
    return;
  }
  const { stdin } = console;
  try {
    yield* readBatches(path, { signal, stdin });
  } finally {
    // Unread, it would keep the process alive.
    stdin.destroy();
  }
}
