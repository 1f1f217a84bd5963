import type { VideoShape } from '../../../../encode/video/layout.js';
import { leakyRelu } from '../../../../nn/layers/activations.js';
import { convolution } from '../../../../nn/layers/convolution.js';
import { dense } from '../../../../nn/layers/dense.js';
import { perFrame, temporalConvolution } from '../../../../nn/layers/per-frame.js';
import { sequential } from '../../../../nn/sequential.js';
import { createRandom } from '../../../../random.js';
import { levelsOf } from '../../../features/levels.js';
import { featureSize } from '../../../features/random-features.js';
import type { TensorFeatures } from '../../../features/tensor-features.js';

/**
 * Features of videos by (2+1)-D convolutions that nobody has trained, as images have them: frames in
 * another order have other features.
 */
export function randomVideoFeatures({ frames, ...image }: VideoShape): TensorFeatures {
  const { count } = levelsOf(image);
  const shape = [frames, image.height, image.width, image.channels];
  const network = sequential({ shape, classes: 0 }, [
    ...Array.from({ length: count }, (_, k) => {
      const filters = Math.min(16 * 2 ** k, 64);
      return [
        perFrame([convolution(filters, { kernel: 5, stride: 2, bias: false }), leakyRelu()]),
        temporalConvolution(filters, { kernel: 3, stride: 2, bias: false }),
        leakyRelu(),
      ];
    }).flat(),
    dense(featureSize, { bias: false }),
    leakyRelu(),
  ]);
  return {
    weights: network.create(createRandom('features of videos')),
    apply: (weights, videos) => network.apply(weights, videos, { training: false }).y,
  };
}
