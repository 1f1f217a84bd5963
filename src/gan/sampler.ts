import type { RecordBatch } from 'apache-arrow';
import { openOnnx } from '../compute/onnx/program.js';
import { collapseRows, decodeTable, layoutOf } from '../encode/table.js';
import type { Random } from '../random.js';
import type { Model } from './model/model.js';
import type { SamplingPlace } from './sampling-place.js';
import { samplingInputs, samplingOutputs } from './tabular/inputs.js';
import { createChunkSampler } from './tabular/sample.js';
import { rowShape } from './tabular/shape.js';

/** Makes synthetic rows in chunks of a fixed size. */
export interface Sampler {
  /** Rows of every chunk. */
  readonly rows: number;
  /** One chunk, made from a random stream alone: equal streams give equal rows. */
  chunk(random: Random): Promise<RecordBatch>;
  /** Frees native memory. */
  dispose(): Promise<void>;
}

/** Opens a model for sampling. The batches have the model's own schema object. */
export async function openSampler(model: Model, place: SamplingPlace = {}): Promise<Sampler> {
  const { manifest, schema, encoders, generator } = model;
  const recipe = manifest.recipe.options;
  const { rows } = manifest.generator;
  const layout = layoutOf([...encoders]);
  const shape = rowShape(layout);
  const program = await openOnnx(
    generator,
    samplingInputs(recipe, shape, rows),
    samplingOutputs(shape, rows),
    place,
  );
  const makeChunk = createChunkSampler(program, recipe, shape, rows);
  return {
    rows,
    async chunk(random) {
      const matrix = await makeChunk(random.fork('generate'));
      const values = collapseRows(layout, matrix, rows);
      return decodeTable([...encoders], schema, values, rows, random.fork('decode'));
    },
    dispose: () => program.dispose(),
  };
}
