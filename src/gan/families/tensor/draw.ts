import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { compile } from '../../../compute/compile.js';
import type { Place } from '../../../compute/engines/options.js';
import { type HostTensors, mapEntries, sizeOf } from '../../../compute/tensor.js';
import type { Image } from '../../../data/images/image.js';
import { readEma } from '../../../nn/ema.js';
import { scope, unscope } from '../../../nn/scope.js';
import { fillNoise } from '../../../nn/step-inputs.js';
import type { Random } from '../../../random.js';
import { samplingInputs } from './inputs.js';
import type { TensorGan } from './tensor-gan.js';

const across = 8;

/** Rows of labels, at most. */
const mostRows = 16;

/**
 * What a state makes, side by side: of 8 latent vectors, each with every label, or of 64
 * without labels.
 *
 * @param random Gives the latent vectors.
 * @param draw Makes a picture of tensors [rows, ...shape], so many side by side.
 */
export async function drawState(
  { recipe, classes, generator }: TensorGan,
  state: HostTensors,
  random: Random,
  place: Partial<Place>,
  draw: (values: Float32Array, columns: number) => Image | undefined,
): Promise<Image | undefined> {
  const down = classes > 0 ? Math.min(classes, mostRows) : across;
  const inputs = samplingInputs(recipe, classes, across * down);
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
    return draw(Float32Array.from(images?.values ?? []), across);
  } finally {
    await program.dispose();
  }
}
