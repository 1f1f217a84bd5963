import type { RecordBatch } from 'apache-arrow';
import type { Feed } from '../../../../compute/program.js';
import { mapEntries, sizeOf } from '../../../../compute/tensor.js';
import { InvalidOptionError } from '../../../../errors.js';
import { fillNoise } from '../../../../nn/step-inputs.js';
import { createRandom, type Seed } from '../../../../random.js';
import { generatorOf } from '../../../model/generator-of.js';
import type { Model } from '../../../model/model.js';
import { openGeneratorProgram } from '../../../sampling/open-generator-program.js';
import { runGenerator } from '../../../sampling/run-generator.js';
import { findColumns } from '../columns.js';

/** Rows of images, each along a path through the space of latent vectors. */
export interface Paths {
  readonly rows: number;
  readonly columns: number;
  readonly seed?: Seed | undefined;
  /** What the vectors are drawn for, so that each use draws others. */
  readonly use: string;
  /** Vectors that are drawn, with a label each. */
  readonly drawn: number;
  /** The drawn vector whose label an image has. */
  labelOf(row: number): number;
  /** The latent vector of an image, from those that are drawn. */
  latentOf(row: number, column: number, drawn: (index: number) => Float32Array): Float32Array;
}

/**
 * Makes images along paths: a batch of rows × columns of them, row after row.
 *
 * @throws InvalidOptionError for a model that makes no images.
 */
export async function makeAlongPaths(
  model: Model,
  { rows, columns, seed = 0, use, drawn, labelOf, latentOf }: Paths,
): Promise<RecordBatch> {
  if (!findColumns(model.encoders)) {
    throw new InvalidOptionError(
      `the model makes no images: ${model.manifest.recipe.name}. Use one that was trained on images`,
    );
  }
  const count = rows * columns;
  const spec = generatorOf(model);
  const [inputs, ends] = [spec.inputs(count), spec.inputs(drawn)];
  const random = createRandom(seed).fork(use);
  const from: Feed = mapEntries(ends, ({ shape }) => new Float32Array(sizeOf(shape)));
  fillNoise(ends, from, random.fork('noise'));
  spec.fillData(from, random.fork('labels'));
  const rowOf = (name: string, index: number) => {
    const all = from[name] as Float32Array;
    const size = all.length / drawn;
    return all.subarray(index * size, (index + 1) * size);
  };
  const fill = (feed: Feed) => {
    for (const [name, target] of Object.entries(feed)) {
      for (let k = 0; k < count; k++) {
        const row = Math.floor(k / columns);
        const value =
          name === 'latent'
            ? latentOf(row, k % columns, (index) => rowOf(name, index))
            : rowOf(name, labelOf(row));
        target.set(value, (k * target.length) / count);
      }
    }
  };
  const program = await openGeneratorProgram(model, count);
  const run = await runGenerator(program, inputs, random.fork('overwritten'), fill);
  return spec.decode(run, model.schema, count, random.fork('decode'));
}
