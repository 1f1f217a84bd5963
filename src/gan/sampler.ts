import type { RecordBatch } from 'apache-arrow';
import { openProgram } from '../compute/open.js';
import { collapseRows, decodeTable, layoutOf } from '../encode/table.js';
import { createRandom, type Seed } from '../random.js';
import { makeWishedBatch } from './conditions/make-batch.js';
import type { ConditionReport, Conditions } from './conditions/options.js';
import { resolveConditions } from './conditions/wish.js';
import type { Model } from './model/model.js';
import type { SamplingPlace } from './sampling-place.js';
import { samplingInputs, samplingOutputs } from './tabular/inputs.js';
import { createChunkSampler } from './tabular/sample.js';
import { rowShape } from './tabular/shape.js';

/** Which of a model's endless sequences of synthetic rows. */
export interface SampleStream {
  readonly seed: Seed;
  /** Number of the partition of a bigger job: each has rows of its own. */
  readonly partition: number;
  /** What the rows are to be like. */
  readonly conditions?: RatioConditions | undefined;
}

/** Conditions of the synthetic rows of an output that holds this share of them. */
export interface RatioConditions extends Conditions {
  readonly ratio: number;
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
  place: SamplingPlace = {},
): Promise<Sampler> {
  const { manifest, schema, encoders, generator } = model;
  const recipe = manifest.recipe.options;
  const { rows } = manifest.generator;
  const layout = layoutOf([...encoders]);
  const shape = rowShape(layout);
  const program = await openProgram(
    generator,
    samplingInputs(recipe, shape, rows),
    samplingOutputs(shape, rows),
    place,
  );
  const makeChunk = createChunkSampler(program, recipe, shape, rows);
  const wish = conditions && resolveConditions(conditions, conditions.ratio, schema, encoders);
  let [made, hits] = [0, 0];
  const stream = createRandom(seed).fork('synthetic', partition);
  return {
    rows,
    width: layout.width,
    async chunk(index) {
      const random = stream.fork('chunk', index);
      made += rows;
      if (wish) {
        const wished = await makeWishedBatch({ schema, encoders, rows, makeChunk }, wish, random);
        hits += wished.hits;
        return wished.batch;
      }
      const matrix = await makeChunk(random.fork('generate'));
      const values = collapseRows(layout, matrix, rows);
      return decodeTable([...encoders], schema, values, rows, random.fork('decode'));
    },
    report: () => ({ rows: made, hits: wish ? hits : made }),
    dispose: () => program.dispose(),
  };
}
