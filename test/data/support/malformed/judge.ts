import type { RecordBatch } from 'apache-arrow';
import { concatenateBatches } from '../../../../src/data/batches/interleave.js';
import type { OutputFormat } from '../../../../src/data/formats.js';
import { encodeIpcStream } from '../../../../src/data/ipc/write.js';
import { readBatches } from '../../../../src/data/open.js';
import { schemaDifference } from '../../../../src/data/schema/schema.js';
import { GanAugmentError } from '../../../../src/errors.js';
import { asyncFrom, collect } from '../arbitrary-batches.js';
import { exactRows } from '../exact.js';
import { claimedIpcRows } from './ipc-places.js';
import { claimedParquetRows } from './parquet-places.js';
import { claimedTextRows } from './text-claims.js';

/**
 * What came of reading a damaged file: `refused` by an error of ours, the `same` rows, or `changed`
 * ones as many as it claims to have. The rest are faults: an error of another kind, arrays that
 * contradict themselves, rows that got lost.
 */
export interface Verdict {
  readonly outcome: 'refused' | 'same' | 'changed' | 'wrong error' | 'malformed' | 'lost rows';
  readonly detail: string;
}

/** An undamaged file, to judge damaged ones by. */
export interface Original {
  readonly batch: RecordBatch;
  readonly bytes: Buffer;
}

export const goodOutcomes: readonly string[] = ['refused', 'same', 'changed'];

/** Rows × columns up to which each value is looked at by itself. */
const fewValues = 4000;

/** Reads an undamaged file. */
export async function readOriginal(path: string): Promise<Original> {
  return normalise(await collect(readBatches(path)));
}

/** Reads a damaged file. */
export async function judge(
  path: string,
  bytes: Buffer,
  format: OutputFormat,
  original: Original,
): Promise<Verdict> {
  let batches: RecordBatch[];
  try {
    batches = await collect(readBatches(path));
  } catch (error) {
    const { message, stack } = error as Error;
    const ours = GanAugmentError.isInstance(error);
    return ours
      ? { outcome: 'refused', detail: message }
      : { outcome: 'wrong error', detail: stack ?? String(error) };
  }
  try {
    return await judgeBatches(batches, bytes, format, original);
  } catch (error) {
    return { outcome: 'malformed', detail: (error as Error).stack ?? String(error) };
  }
}

async function judgeBatches(
  batches: RecordBatch[],
  bytes: Buffer,
  format: OutputFormat,
  original: Original,
): Promise<Verdict> {
  const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  const claimed = claimedRows(bytes, format, (batches[0] as RecordBatch).numCols);
  // The footer of an IPC file counts, and can list batches that its messages hide.
  const isHidden = format === 'arrow-file' && rows > (claimed ?? 0);
  if (claimed !== undefined && claimed !== rows && !isHidden) {
    return { outcome: 'lost rows', detail: `${rows} rows read of ${claimed}` };
  }
  const read = await normalise(batches);
  if (rows * read.batch.numCols <= fewValues) {
    const wrong = JSON.stringify(exactRows([read.batch])).match(/outside the dictionary/);
    if (wrong) return { outcome: 'malformed', detail: wrong[0] };
  }
  const same =
    schemaDifference(read.batch.schema, original.batch.schema) === undefined &&
    read.bytes.equals(original.bytes);
  if (same) return { outcome: 'same', detail: '' };
  const before = original.batch.numRows;
  return { outcome: 'changed', detail: rows < before ? `${before - rows} rows fewer` : '' };
}

/** Rows that the bytes claim to have; undefined where that is not known, NaN where there can be none. */
function claimedRows(bytes: Buffer, format: OutputFormat, columns: number): number | undefined {
  if (format === 'csv' || format === 'json-lines') return claimedTextRows(bytes, format, columns);
  return format === 'parquet' ? claimedParquetRows(bytes) : claimedIpcRows(bytes);
}

/** All rows as one batch, and as bytes that are equal where the rows and columns are. */
async function normalise(batches: readonly RecordBatch[]): Promise<Original> {
  const batch = concatenateBatches((batches[0] as RecordBatch).schema, batches);
  return { batch, bytes: Buffer.concat(await collect(encodeIpcStream(asyncFrom([batch])))) };
}
