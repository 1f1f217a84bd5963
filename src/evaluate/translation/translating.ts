import type { RecordBatch } from 'apache-arrow';
import { concatenateBatches, sliceBatch } from '../../data/batches/interleave.js';
import type { Model } from '../../gan/model/model.js';
import type { SamplingTarget } from '../../gan/sampling/sampling-target.js';
import type { Translation } from '../../gan/sampling/translation.js';
import { openTranslator } from '../../gan/sampling/translator.js';
import type { Seed } from '../../random.js';

/** Makes one tensor of each row of a batch anew, by some model. */
export type TranslateRows = (batch: RecordBatch) => Promise<RecordBatch>;

/** A model that is judged, and the rows that it is judged by. */
export interface TranslationTask {
  readonly model: Model;
  readonly translation: Translation;
  readonly held: RecordBatch;
  readonly illustrations: boolean;
  readonly open: (model: Model) => TranslateRows;
}

/** Rows between two looks at the signal. */
const piece = 64;

/** Opens a model for some rows, and closes it behind them. */
export function openTranslating(
  model: Model,
  {
    seed,
    place,
    signal,
  }: {
    readonly seed: Seed;
    readonly place: SamplingTarget;
    readonly signal: AbortSignal | undefined;
  },
): TranslateRows {
  return async (batch) => {
    const translator = await openTranslator(model, { seed, partition: 0 }, place);
    try {
      const made: RecordBatch[] = [];
      for (let start = 0; start < batch.numRows; start += piece) {
        signal?.throwIfAborted();
        const some = sliceBatch(batch, start, start + piece);
        made.push(
          await translator.translate(
            some,
            Array.from({ length: some.numRows }, (_, k) => k),
          ),
        );
      }
      return concatenateBatches(batch.schema, made);
    } finally {
      await translator.dispose();
    }
  };
}
