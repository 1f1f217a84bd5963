import type { RecordBatch } from 'apache-arrow';
import { openProgram } from '../../compute/open.js';
import type { Feed } from '../../compute/program.js';
import { mapEntries, sizeOf } from '../../compute/tensor.js';
import { InvalidOptionError } from '../../errors.js';
import { createRandom, type Seed } from '../../random.js';
import { generatorOf } from '../model/generator-of.js';
import type { Model } from '../model/model.js';
import { fillNoise } from '../noise.js';
import { findColumns } from './columns.js';

/** How many walks there are, and of how many images each is. */
export interface Walks {
  readonly rows: number;
  /** At least 2. */
  readonly columns: number;
  readonly seed?: Seed | undefined;
}

/**
 * Walks from one latent vector to another, along a circle so that each place is as likely as the
 * ends (White 2016); the label stays. A batch of rows × columns images, walk after walk.
 *
 * A generator that has learned the data changes one image into another by steps that all look real.
 */
export async function interpolateImages(
  model: Model,
  { rows, columns, seed = 0 }: Walks,
): Promise<RecordBatch> {
  if (!findColumns(model.encoders)) {
    throw new InvalidOptionError(
      `the model makes no images: ${model.manifest.recipe.name}. Use one that was trained on images`,
    );
  }
  const count = rows * columns;
  const face = generatorOf(model);
  const [inputs, ends] = [face.inputs(count), face.inputs(2 * rows)];
  const random = createRandom(seed).fork('interpolation');
  const empty = (specs: typeof inputs): Feed =>
    mapEntries(specs, ({ shape }) => new Float32Array(sizeOf(shape)));
  const [feed, from] = [empty(inputs), empty(ends)];
  fillNoise(ends, from, random.fork('noise'));
  face.fillData(from, random.fork('labels'));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const angle = (column / (columns - 1)) * (Math.PI / 2);
      walk(from, feed, 2 * row, row * columns + column, count, angle);
    }
  }
  const program = await openProgram(model.generator, inputs, face.outputs(count));
  try {
    const outputs = await program.run(feed);
    return face.decode({ feed, outputs }, model.schema, count, random.fork('decode'));
  } finally {
    await program.dispose();
  }
}

/** Puts what lies at an angle between two latent vectors into row `to`, with the first one's label. */
function walk(from: Feed, feed: Feed, start: number, to: number, count: number, angle: number) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (const [name, target] of Object.entries(feed)) {
    const size = target.length / count;
    const source = from[name] as Float32Array;
    const [one, other] = [start * size, (start + 1) * size];
    for (let k = 0; k < size; k++) {
      const first = source[one + k] as number;
      target[to * size + k] =
        name === 'latent' ? first * cos + (source[other + k] as number) * sin : first;
    }
  }
}
