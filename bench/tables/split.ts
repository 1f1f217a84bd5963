import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { concatenateBatches, gatherRuns } from '../../src/data/batches/interleave.js';
import { writeParquetFile } from '../../src/data/parquet/write.js';
import { openTable } from './datasets.js';

/** The parts of a table, as Parquet files. */
export interface Parts {
  readonly train: string;
  readonly test: string;
  readonly batch: RecordBatch;
}

/**
 * Of every ten rows the first three to test and the others to train on; with `tuning` the test rows
 * are left out, and every fifth of the others stands in for them.
 */
export async function splitTable(data: string, directory: string, tuning: boolean): Promise<Parts> {
  const batches: RecordBatch[] = [];
  for await (const batch of openTable(data)) batches.push(batch);
  const all = concatenateBatches((batches[0] as RecordBatch).schema, batches);
  const rows = Array.from({ length: all.numRows }, (_, row) => row);
  const known = rows.filter((row) => row % 10 > 2);
  const isHeld = (place: number) => place % 5 === 0;
  const train = tuning ? known.filter((_, place) => !isHeld(place)) : known;
  const test = tuning
    ? known.filter((_, place) => isHeld(place))
    : rows.filter((row) => row % 10 <= 2);
  const batch = take(all, train);
  const write = async (name: string, part: RecordBatch) => {
    const path = join(directory, `${name}.parquet`);
    await writeParquetFile(path, asyncFrom(part));
    return path;
  };
  return { batch, train: await write('train', batch), test: await write('test', take(all, test)) };
}

function take(batch: RecordBatch, rows: readonly number[]): RecordBatch {
  const runs = rows.map((start) => ({ source: 0, start, length: 1 }));
  return gatherRuns(batch.schema, [batch], runs);
}

export async function* asyncFrom(batch: RecordBatch): AsyncGenerator<RecordBatch> {
  yield batch;
}
