import type { Tensor } from '@tensorflow/tfjs-core';
import { compile } from '../../compute/compile.js';
import { featureSize, randomFeatures } from '../../gan/features/random-features.js';
import { lookAt, lookBatch } from './look.js';
import type { SeenImages } from './seen-images.js';

/** Features [count, size] of images by convolutions of random weights, the same in every process. */
export async function randomFeaturesOf(
  images: SeenImages,
): Promise<{ values: Float32Array; size: number }> {
  const { weights, apply } = randomFeatures(images.shape);
  const { height, width, channels } = images.shape;
  const program = await compile({
    state: weights,
    inputs: { images: { shape: [lookBatch, height, width, channels], dtype: 'float32' } },
    step: (state, inputs) => ({
      state,
      outputs: { features: apply(state, inputs.images as Tensor) },
    }),
  });
  try {
    return { values: await lookAt(program, images, 'features', featureSize), size: featureSize };
  } finally {
    await program.dispose();
  }
}
