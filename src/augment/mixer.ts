import type { RecordBatch, Schema } from 'apache-arrow';
import { rebindBatch } from '../data/batch.js';
import { type ConditionReport, ratioConditions } from '../gan/conditions/options.js';
import type { Model } from '../gan/model/model.js';
import { markBatch, markedSchema } from './mark.js';
import { mixPart, planParts } from './mix.js';
import type { AugmentOptions } from './options.js';
import { withProvenance } from './provenance.js';
import type { Ratio } from './ratio.js';
import { createSyntheticRows } from './synthetic-rows.js';
import type { AugmentTools } from './tools.js';

/** Puts synthetic rows among the real ones, batch by batch. */
export interface Mixer {
  /** The batch with the synthetic rows that it makes due: one batch, or several if they are many. */
  mix(batch: RecordBatch, signal: AbortSignal): AsyncGenerator<RecordBatch, void, undefined>;
  /** How well the synthetic rows so far met their conditions, where they have any. */
  report(): ConditionReport | undefined;
  dispose(): Promise<void>;
}

/** A mixer that counts real rows from here on; without a model it only marks them. */
export async function createMixer(
  tools: AugmentTools,
  input: Schema,
  model: Model | undefined,
  ratio: Ratio,
  options: AugmentOptions,
): Promise<Mixer> {
  const { ratio: share, seed = 0, partition = 0, mark, placement = 'interleave' } = options;
  const described = model ? withProvenance(input, model, { ratio: share, seed, partition }) : input;
  const output = mark === undefined ? described : markedSchema(described, mark);
  const adapt = (batch: RecordBatch, synthetic: boolean) =>
    mark === undefined ? rebindBatch(output, batch) : markBatch(output, batch, synthetic);
  const stream = { seed, partition, conditions: ratioConditions(options, share) };
  const chunks = model && (await tools.openChunks(model, stream, options.sample));
  const take =
    chunks && createSyntheticRows(chunks, (chunk) => adapt(rebindBatch(input, chunk), true));
  let real = 0;
  return {
    async *mix(batch, signal) {
      const own = adapt(batch, false);
      const before = real;
      real += batch.numRows;
      for (const { due, runs } of planParts(ratio, before, batch.numRows, placement)) {
        signal.throwIfAborted();
        if (!take || due === 0) yield own;
        else yield mixPart(output, own, await take(due), runs);
      }
    },
    report: () => chunks?.report?.(),
    dispose: async () => chunks?.dispose(),
  };
}
