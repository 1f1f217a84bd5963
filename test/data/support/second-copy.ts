import { createRequire } from 'node:module';
import type { RecordBatch } from 'apache-arrow';
import { encodeIpcStream } from '../../../src/data/ipc/write.js';
import { asyncFrom, collect } from './arbitrary-batches.js';

/** A second copy of apache-arrow in this process: its CommonJS build. */
export const secondArrow = createRequire(import.meta.url)(
  'apache-arrow',
) as typeof import('apache-arrow');

/** The same rows as batches of the second copy. */
export async function bySecondCopy(batches: readonly RecordBatch[]): Promise<RecordBatch[]> {
  const bytes = Buffer.concat(await collect(encodeIpcStream(asyncFrom(batches))));
  return secondArrow.tableFromIPC(bytes).batches;
}
