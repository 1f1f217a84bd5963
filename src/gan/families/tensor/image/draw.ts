import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { compile } from '../../../../compute/compile.js';
import type { Place } from '../../../../compute/engines/options.js';
import { type HostTensors, mapEntries, sizeOf } from '../../../../compute/tensor.js';
import { imageGrid } from '../../../../data/images/grid.js';
import type { Image } from '../../../../data/images/image.js';
import type { Tensors } from '../../../../data/tensor/read.js';
import { readEma } from '../../../../nn/ema.js';
import { scope, unscope } from '../../../../nn/scope.js';
import { fillNoise } from '../../../../nn/step-inputs.js';
import type { Random } from '../../../../random.js';
import { samplingInputs } from '../inputs.js';
import type { TensorGan } from '../tensor-gan.js';

const across = 8;

/** Rows of labels, at most. */
const mostRows = 16;

/**
 * Images that a state makes, side by side: of 8 latent vectors, each with every label, or of 64
 * without labels.
 *
 * @param random Gives the latent vectors.
 */
export async function drawState(
  { recipe, image, classes, generator }: TensorGan,
  state: HostTensors,
  random: Random,
  place: Partial<Place>,
): Promise<Image> {
  const down = classes > 0 ? Math.min(classes, mostRows) : across;
  const inputs = samplingInputs(recipe.latent, classes, across * down);
  const feed = mapEntries(inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
  fillNoise(inputs, feed, random);
  for (let row = 0; row < across * down; row++) {
    if (feed.label) feed.label[row * classes + Math.floor(row / across)] = 1;
  }
  const weights = scope(readEma(state) ?? state, 'generator/');
  const program = await compile(
    {
      state: unscope(weights, 'generator/'),
      inputs,
      step(own, { latent, label }) {
        const use = { training: false, label: label as Tensor2D | undefined };
        const { y } = generator.apply(scope(own, 'generator/'), latent as Tensor, use);
        return { state: own, outputs: { images: y } };
      },
    },
    place,
  );
  try {
    const { images } = await program.run(feed);
    const { height, width, channels } = image;
    const values = Float32Array.from(images?.values ?? []);
    return imageGrid(tensorsOf(values, [height, width, channels]), {
      columns: across,
      range: [-1, 1],
    });
  } finally {
    await program.dispose();
  }
}

function tensorsOf(values: Float32Array, shape: readonly number[]): Tensors {
  const size = sizeOf(shape);
  const at = (row: number) => values.subarray(row * size, (row + 1) * size);
  const rows = values.length / size;
  return { element: 'float32', shape, rows, values, isNull: () => false, at, logicalAt: at };
}
