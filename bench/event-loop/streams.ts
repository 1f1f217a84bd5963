import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordBatch } from 'apache-arrow';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../src/augment/events.js';
import type { AugmentOptions } from '../../src/augment/options/augment-options.js';
import type { StreamFitOptions } from '../../src/augment/options/stream-fit.js';
import { sliceBatch } from '../../src/data/batches/interleave.js';
import type { Model } from '../../src/gan/model/model.js';

/** Milliseconds between two batches of a source. */
const pace = 5;

/** Batches of a stream after `done`, so that what comes then is measured too. */
const afterwards = 100;

/** Streams that train on the side, from the first batch until the model's rows are mixed in. */
export function trainingStreams(
  given: readonly RecordBatch[],
  model: Model,
  fit: StreamFitOptions,
): Record<string, () => Promise<void>> {
  const target = model.schema.fields[0]?.name as string;
  const all = given.reduce((sum, { numRows }) => sum + numRows, 0);
  const batches = cut(given, Math.min(1024, all >> 1));
  const rows = all >> 1;
  // Whatever is not the same has drifted.
  const drift = { window: Math.max(rows >> 1, 100), threshold: 1e-4, refit: true };
  const passing = { fit: { ...fit, rows, during: 'pass' } } as const;
  return {
    'stream, mixing': () => stream(batches, { model }, 0),
    "stream, fit.during 'pass'": () => stream(batches, passing, 1),
    "stream, 'pass', gate and rejectCloserThan": () =>
      stream(batches, { ...passing, gate: { target }, rejectCloserThan: 0.05 }, 1),
    'stream, drift and refit': () => stream(batches, { fit: { ...fit, rows }, drift }, 2),
  };
}

/** Reads a stream, the batches over and over, until so many models were mixed in. */
async function stream(
  batches: readonly RecordBatch[],
  options: Partial<AugmentOptions>,
  models: number,
): Promise<void> {
  let [used, left, gate] = [0, afterwards, true];
  const progress = (event: AugmentEvent) => {
    if (event.type === 'mixing-started') used++;
    if (event.type === 'gate') gate = event.mixes;
  };
  async function* source() {
    for (let k = 0; (used < models && gate) || left-- > 0; k++) {
      yield batches[k % batches.length] as RecordBatch;
      await sleep(pace);
    }
  }
  for await (const _ of augmentBatches(source(), { ratio: 0.3, progress, ...options }));
}

/** The rows in batches of `rows`. */
function cut(batches: readonly RecordBatch[], rows: number): RecordBatch[] {
  return batches.flatMap((batch) =>
    Array.from({ length: Math.ceil(batch.numRows / rows) }, (_, k) =>
      sliceBatch(batch, k * rows, Math.min((k + 1) * rows, batch.numRows)),
    ),
  );
}
