import type { RecordBatch } from 'apache-arrow';
import { openProgram } from '../../compute/open.js';
import { sizeOf } from '../../compute/tensor.js';
import { createRestorer, learnedSchema } from '../../encode/rules/learned-table.js';
import { createRandom, type Seed } from '../../random.js';
import type { ConditionReport, RatioConditions } from '../conditions/options.js';
import type { RunGenerator } from '../families/family.js';
import { generatorOf } from '../model/generator-of.js';
import type { Model } from '../model/model.js';
import { meetConditions } from './meet-conditions.js';
import { openGenerator } from './run-generator.js';
import type { SamplingTarget } from './sampling-target.js';

/** Which of a model's endless sequences of synthetic rows. */
export interface SampleStream {
  readonly seed: Seed;
  /** Number of the partition of a bigger job: each has rows of its own. */
  readonly partition: number;
  /** What the rows are to be like. */
  readonly conditions?: RatioConditions | undefined;
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
  const { rows } = manifest.generator;
  const spec = generatorOf(model);
  const inputs = spec.inputs(rows);
  const outputs = spec.outputs(rows);
  const program = await openProgram(model.generator, inputs, outputs, place);
  const generator = openGenerator(program, inputs);
  const { rules = [] } = manifest;
  const learned = learnedSchema(schema, rules);
  const restore = createRestorer(schema, rules, model.encoders);
  const meet =
    conditions &&
    meetConditions(spec, conditions, learned, manifest.recipe.name, { schema, rules });
  let [count, hits] = [0, 0];
  const run: RunGenerator = (random, fill = spec.fillData) =>
    generator.run(random.fork('noise'), (feed) => fill(feed, random.fork('condition')));
  const stream = createRandom(seed).fork('synthetic', partition);
  return {
    rows,
    width: Object.values(outputs).reduce((sum, { shape }) => sum + sizeOf(shape), 0) / rows,
    async chunk(index) {
      const random = stream.fork('chunk', index);
      count += rows;
      if (meet) {
        const met = await meet(run, rows, random);
        hits += met.hits;
        return restore(met.batch);
      }
      const made = await run(random.fork('generate'));
      return restore(spec.decode(made, learned, rows, random.fork('decode')));
    },
    report: () => ({ rows: count, hits }),
    dispose: () => generator.dispose(),
  };
}
