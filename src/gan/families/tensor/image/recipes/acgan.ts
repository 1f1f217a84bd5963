import { narrow } from '../../../../../nn/initializers.js';
import { batchNorm, dropout, leakyRelu, relu, tanh } from '../../../../../nn/layers/activations.js';
import { convolution, crop, transposedConvolution } from '../../../../../nn/layers/convolution.js';
import { dense } from '../../../../../nn/layers/dense.js';
import { multiplyLabel } from '../../../../../nn/layers/labels.js';
import { sequence } from '../../../../../nn/sequential.js';
import {
  type CriticPlace,
  type GeneratorPlace,
  type ImageRecipe,
  imageDefaults,
} from '../../recipe.js';
import { scaled } from '../levels.js';

/**
 * Auxiliary classifier GAN (Odena et al. 2017), as in Keras's example for 28 × 28: the critic also
 * says of which class an image is, and sees no label.
 */
export const acgan: ImageRecipe = {
  ...imageDefaults,
  batch: 100,
  labels: 'required',
  classifier: true,
  realTarget: 0.95,
  generator({ latent, scale, classes, height, width, channels }: GeneratorPlace) {
    // Two strides of 2, and before them a kernel that adds 4 to height and width.
    const start = [height, width].map((size) => Math.max(Math.ceil(size / 4) - 4, 1));
    return sequence({ shape: [latent], classes }, [
      multiplyLabel,
      dense([...start, scaled(384, scale)], { start: narrow }),
      relu,
      transposedConvolution(scaled(192, scale), { kernel: 5, padding: 'valid', start: narrow }),
      relu,
      batchNorm,
      transposedConvolution(scaled(96, scale), { kernel: 5, stride: 2, start: narrow }),
      relu,
      batchNorm,
      transposedConvolution(channels, { kernel: 5, stride: 2, start: narrow }),
      crop(height, width),
      tanh,
    ]);
  },
  critic({ scale, outputs, height, width, channels }: CriticPlace) {
    const block = (filters: number, stride: number) => [
      convolution(scaled(filters, scale), { kernel: 3, stride }),
      leakyRelu(),
      dropout(0.3),
    ];
    return sequence({ shape: [height, width, channels], classes: 0 }, [
      ...block(32, 2),
      ...block(64, 1),
      ...block(128, 2),
      ...block(256, 1),
      dense(outputs),
    ]);
  },
};
