import type { RecordBatch } from 'apache-arrow';
import { createCompleter } from '../../encode/complete.js';
import { createRestorer, learnedSchema } from '../../encode/rules/learned-table.js';
import { createRandom, type Seed } from '../../random.js';
import type { ConditionReport, RatioValues } from '../conditions/options.js';
import { directFamilyOf } from '../model/generator-of.js';
import type { Model } from '../model/model.js';
import { openDirectRows } from './open-direct-rows.js';
import { openNetworkRows } from './open-network-rows.js';
import type { SamplingTarget } from './sampling-target.js';

/** Which of a model's endless sequences of synthetic rows. */
export interface SampleStream {
  readonly seed: Seed;
  /** Number of the partition of a bigger job: each has rows of its own. */
  readonly partition: number;
  /** What the rows are to have; ranges are for who takes the rows. */
  readonly conditions?: RatioValues | undefined;
}

/** Makes synthetic rows in chunks of a fixed size. */
export interface Sampler {
  /** Rows of every chunk. */
  readonly rows: number;
  /** Numbers of an encoded row. */
  readonly width: number;
  /** Chunk `index` of the sequence: always the same, whatever was made before. */
  chunk(index: number): Promise<RecordBatch>;
  /** How well the rows so far met their conditions by themselves. */
  report(): ConditionReport;
  /** Frees native memory. */
  dispose(): Promise<void>;
}

/** Opens a model for sampling. The batches have the model's own schema object. */
export async function openSampler(
  model: Model,
  { seed, partition, conditions }: SampleStream,
  place: SamplingTarget = {},
): Promise<Sampler> {
  const { manifest, schema } = model;
  const { rules = [] } = manifest;
  const { rows } = manifest.generator;
  const learned = learnedSchema(schema, rules);
  const family = directFamilyOf(manifest);
  const opened = family
    ? await openDirectRows(family, model, learned, conditions)
    : await openNetworkRows(model, learned, conditions, place);
  const restore = createRestorer(schema, rules, model.encoders);
  const complete = createCompleter(schema, model.encoders);
  const stream = createRandom(seed).fork('synthetic', partition);
  let [count, hits] = [0, 0];
  return {
    rows,
    width: opened.width,
    async chunk(index) {
      const made = await opened.make(rows, stream.fork('chunk', index));
      count += rows;
      hits += made.hits;
      return complete(restore(made.batch), stream.fork('completion', index));
    },
    report: () => ({ rows: count, hits }),
    dispose: () => opened.dispose(),
  };
}
