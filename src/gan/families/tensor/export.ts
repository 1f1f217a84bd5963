import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { exportOnnx } from '../../../compute/export.js';
import type { HostTensors, StepFunction } from '../../../compute/tensor.js';
import { readEma } from '../../../nn/ema.js';
import { scope } from '../../../nn/scope.js';
import { samplingInputs } from './inputs.js';
import type { TensorGan } from './tensor-gan.js';

/**
 * The generator as an ONNX file: latent vectors and one-hot labels in, tensors [batch, ...shape] of
 * numbers in [−1, 1] out, for any number of rows. Where the recipe keeps an average of
 * the generator, it is that.
 *
 * @param metadata Key-value pairs that the file carries.
 */
export function exportGenerator(
  { recipe, classes, generator }: TensorGan,
  state: HostTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const step: StepFunction = (weights, { latent, label }) => {
    const use = { training: false, label: label as Tensor2D | undefined };
    const { y } = generator.apply(weights, latent as Tensor, use);
    return { state: {}, outputs: { images: y } };
  };
  return exportOnnx({
    step,
    state: scope(readEma(state) ?? state, 'generator/'),
    inputs: (rows) => samplingInputs(recipe, classes, rows),
    name: 'generator',
    metadata,
  });
}
