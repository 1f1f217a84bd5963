import type { RecordBatch } from 'apache-arrow';
import { sliceBatch } from '../../src/data/batches/interleave.js';
import { readParquetBatches } from '../../src/data/parquet/read.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import type { Model } from '../../src/gan/model/model.js';
import { collect } from '../data/support/arbitrary-batches.js';

/** All penguins as one batch. */
export async function penguins(): Promise<RecordBatch> {
  const batches = await collect(readParquetBatches('fixtures/penguins.parquet'));
  return batches[0] as RecordBatch;
}

/** A model of the penguins that has hardly been trained: for tests of everything but quality. */
export async function hastyModel(batch: RecordBatch, seed = 1): Promise<Model> {
  return fitModel(batch.schema, [batch], { seed, steps: 2, thread: 'caller' });
}

/** The first rows of a batch, cut at the given places; equal places give empty batches. */
export function cutAt(batch: RecordBatch, places: readonly number[]): RecordBatch[] {
  const ends = [...places].map((place) => place % (batch.numRows + 1)).sort((a, b) => a - b);
  return [...ends, batch.numRows].map((end, k) => sliceBatch(batch, ends[k - 1] ?? 0, end));
}
