import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { exportOnnx } from '../../compute/export.js';
import type { HostTensors, StepFunction } from '../../compute/tensor.js';
import { samplingInputs } from './inputs.js';
import type { Setup } from './setup.js';

/**
 * The generator as an ONNX file: latent vectors and one-hot labels in, images [batch, height, width,
 * channels] of numbers in [−1, 1] out, for any number of images.
 *
 * @param weights See `samplingWeights`.
 * @param metadata Key-value pairs that the file carries.
 */
export function exportGenerator(
  { recipe, classes, generator }: Setup,
  weights: HostTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const step: StepFunction = (own, { latent, label }) => {
    const use = { training: false, label: label as Tensor2D | undefined };
    const { y } = generator.apply(own, latent as Tensor, use);
    return { state: {}, outputs: { images: y } };
  };
  return exportOnnx({
    step,
    state: weights,
    inputs: (rows) => samplingInputs(recipe.latent, classes, rows),
    name: 'generator',
    metadata,
  });
}
