import type { RecordBatch } from 'apache-arrow';
import { rebindBatch } from '../data/batches/batch.js';
import { concatenateBatches, sliceBatch } from '../data/batches/interleave.js';
import { InvalidOptionError } from '../errors.js';
import {
  type ConditionOptions,
  checkConditions,
  ratioConditions,
} from '../gan/conditions/options.js';
import type { Model } from '../gan/model/model.js';
import { openChunks } from '../gan/sampling/chunks.js';
import {
  checkSamplingTarget,
  findSamplingTarget,
  type SamplingTarget,
} from '../gan/sampling/sampling-target.js';
import { checkSeed, type Seed } from '../random.js';
import { type BatchSlice, createSyntheticRows } from './mixing/synthetic-rows.js';
import { checkPartition } from './options.js';
import { withProvenance } from './provenance/provenance.js';
import { closeable } from './stream/closeable.js';

/** What to sample, and where. */
export interface SampleOptions extends SamplingTarget, ConditionOptions {
  /** Synthetic rows in all. */
  readonly rows: number;
  /** Default 0. The rows are those that `augmentBatches` mixes in with the same seed. */
  readonly seed?: Seed | undefined;
  /** Number of this partition of a bigger job: each draws rows of its own. Default 0. */
  readonly partition?: number | undefined;
  /** Rows a batch. Default 8,192. */
  readonly batchRows?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Synthetic rows of a model, alone. No rows give one empty batch, so that the schema is known.
 *
 * @throws InvalidOptionError at once for options that cannot be used; from the iteration for a
 * device that is not available here.
 */
export function sampleBatches(model: Model, options: SampleOptions): AsyncIterable<RecordBatch> {
  const { rows, seed = 0, partition = 0, batchRows = 8192, where, balance } = options;
  const { signal: outer } = options;
  checkSeed(seed);
  checkPartition(partition);
  checkSamplingTarget(options);
  checkConditions(options);
  if (!(Number.isSafeInteger(rows) && rows >= 0)) {
    throw new InvalidOptionError(`rows must be a whole number from 0: ${rows}`);
  }
  if (!(Number.isSafeInteger(batchRows) && batchRows > 0)) {
    throw new InvalidOptionError(`batchRows must be a positive whole number: ${batchRows}`);
  }
  return closeable(async function* (signal) {
    const schema = withProvenance(model.schema, model, {
      where,
      balance,
      ratio: 1,
      seed,
      partition,
    });
    const place = await findSamplingTarget(options);
    const chunks = await openChunks(
      model,
      { seed, partition, conditions: ratioConditions(options, 1) },
      place,
    );
    try {
      const take = createSyntheticRows(chunks, (chunk) => rebindBatch(schema, chunk));
      for (let done = 0; done < rows || done === 0; done += batchRows) {
        signal.throwIfAborted();
        const ranges = await take(Math.min(batchRows, rows - done));
        yield concatenateBatches(schema, ranges.map(sliceRange));
      }
      if (chunks.report) options.onConditions?.(chunks.report());
    } finally {
      await chunks.dispose();
    }
  }, outer);
}

function sliceRange({ batch, start, length }: BatchSlice): RecordBatch {
  return sliceBatch(batch, start, start + length);
}
