import { normal } from '../../../../../nn/initializers.js';
import { leakyRelu, relu, tanh } from '../../../../../nn/layers/activations.js';
import { batchNorm } from '../../../../../nn/layers/batch-norm.js';
import { convolution, crop, transposedConvolution } from '../../../../../nn/layers/convolution.js';
import { dense } from '../../../../../nn/layers/dense.js';
import { dropout } from '../../../../../nn/layers/dropout.js';
import { multiplyLabel } from '../../../../../nn/layers/labels.js';
import { sequential } from '../../../../../nn/sequential.js';
import { scaled } from '../../../../features/levels.js';
import type { CriticArgs, GeneratorArgs } from '../../opaque-recipe.js';
import { type ImageRecipe, tensorDefaults } from '../../recipe.js';

/**
 * Auxiliary classifier GAN (Odena et al. 2017), as in Keras's example for 28 × 28: the critic also
 * says of which class an image is, and sees no label.
 */
export const acgan: ImageRecipe = {
  ...tensorDefaults,
  batch: 100,
  labels: 'required',
  classifier: true,
  labelSmoothing: 0.05,
  generator({ latent, widthMultiplier, classes, height, width, channels }: GeneratorArgs) {
    // Two strides of 2, and before them a kernel that adds 4 to height and width.
    const initialSize = [height, width].map((size) => Math.max(Math.ceil(size / 4) - 4, 1));
    return sequential({ shape: [latent], classes }, [
      multiplyLabel,
      dense([...initialSize, scaled(384, widthMultiplier)], { initializer: normal(0.02) }),
      relu,
      transposedConvolution(scaled(192, widthMultiplier), {
        kernel: 5,
        padding: 'valid',
        initializer: normal(0.02),
      }),
      relu,
      batchNorm,
      transposedConvolution(scaled(96, widthMultiplier), {
        kernel: 5,
        stride: 2,
        initializer: normal(0.02),
      }),
      relu,
      batchNorm,
      transposedConvolution(channels, { kernel: 5, stride: 2, initializer: normal(0.02) }),
      crop(height, width),
      tanh,
    ]);
  },
  critic({ widthMultiplier, outputs, height, width, channels }: CriticArgs) {
    const block = (filters: number, stride: number) => [
      convolution(scaled(filters, widthMultiplier), { kernel: 3, stride }),
      leakyRelu(),
      dropout(0.3),
    ];
    return sequential({ shape: [height, width, channels], classes: 0 }, [
      ...block(32, 2),
      ...block(64, 1),
      ...block(128, 2),
      ...block(256, 1),
      dense(outputs),
    ]);
  },
};
