import type { ImageShape } from '../../encode/image/layout.js';
import { leakyRelu } from '../../nn/layers/activations.js';
import { convolution } from '../../nn/layers/convolution.js';
import { dense } from '../../nn/layers/dense.js';
import { sequential } from '../../nn/sequential.js';
import { createRandom } from '../../random.js';
import { levelsOf } from './levels.js';
import type { TensorFeatures } from './tensor-features.js';

/** Features of an image. */
export const featureSize = 64;

/**
 * Features of images by convolutions that nobody has trained: their random weights see edges and
 * strokes where they are, which is enough to tell whether two sets of images look alike (random
 * features do nearly as well as trained ones: Naeem et al. 2020), for images of any kind.
 */
export function randomFeatures(image: ImageShape): TensorFeatures {
  const { count } = levelsOf(image);
  const network = sequential({ shape: [image.height, image.width, image.channels], classes: 0 }, [
    ...Array.from({ length: count }, (_, k) => [
      convolution(Math.min(16 * 2 ** k, 64), { kernel: 5, stride: 2, bias: false }),
      leakyRelu(),
    ]).flat(),
    dense(featureSize, { bias: false }),
    leakyRelu(),
  ]);
  return {
    weights: network.create(createRandom('features of images')),
    apply: (weights, images) => network.apply(weights, images, { training: false }).y,
  };
}
