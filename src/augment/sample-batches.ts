import type { RecordBatch } from 'apache-arrow';
import { rebindBatch } from '../data/batches/batch.js';
import { concatenateBatches } from '../data/batches/interleave.js';
import { checkConditions, ratioConditions } from '../gan/conditions/options.js';
import type { Model } from '../gan/model/model.js';
import { openChunks } from '../gan/sampling/open-chunks.js';
import { checkSamplingTarget, findSamplingTarget } from '../gan/sampling/sampling-target.js';
import { checkOption, checkOptions } from '../options/check.js';
import { untilAborted } from '../threads/abortable.js';
import { closeable } from '../threads/closeable.js';
import { resolveModel } from './find-model.js';
import { cutSlice } from './mixing/batch-slice.js';
import { createSyntheticRows } from './mixing/synthetic-rows.js';
import { deferFailure, type ModelSource, modelOption } from './options/model-source.js';
import { type SampleOptions, sampleOptions } from './options/sample.js';
import { assertPrivate } from './privacy/attack/assert-private.js';
import { withProvenance } from './provenance/provenance.js';

/**
 * Synthetic rows of a model, alone. No rows give one empty batch, so that the schema is known.
 *
 * @param model A model, the directory of a saved one, or what gives one, as for `ganAugment`.
 * @throws InvalidOptionError at once for options that cannot be used; from the iteration for a
 * device that is not available here; PrivacyError for a model that tells too much; what `loadModel` throws.
 */
export function sampleBatches(
  model: ModelSource,
  options: SampleOptions,
): AsyncIterable<RecordBatch> {
  checkOption(modelOption, model, 'model');
  checkOptions(sampleOptions, options);
  checkSamplingTarget(options);
  checkConditions(options);
  deferFailure(model);
  return closeable(async function* (signal) {
    const found = await untilAborted(resolveModel(model, signal), signal);
    assertPrivate(found, options.privacy?.attack);
    yield* sampleModel(found, options, signal);
  }, options.signal);
}

async function* sampleModel(model: Model, options: SampleOptions, signal: AbortSignal) {
  const { rows, seed = 0, partition = 0, batchRows = 8192, onConditions } = options;
  const conditions = ratioConditions(options, 1);
  const described = { conditions, ratio: 1, seed, partition };
  const schema = withProvenance(model.schema, model, described);
  const place = await findSamplingTarget(options);
  const chunks = await openChunks(model, { seed, partition, conditions }, place);
  try {
    const take = createSyntheticRows(chunks, (chunk) => rebindBatch(schema, chunk));
    for (let done = 0; done < rows || done === 0; done += batchRows) {
      signal.throwIfAborted();
      const slices = await untilAborted(take(Math.min(batchRows, rows - done)), signal);
      yield concatenateBatches(schema, slices.map(cutSlice));
    }
    if (chunks.report) onConditions?.(chunks.report());
  } finally {
    await chunks.dispose();
  }
}
