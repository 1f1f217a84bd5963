import { exportOnnx } from '../../../compute/export.js';
import type { HostTensors } from '../../../compute/tensor.js';
import { readEma } from '../../../nn/ema.js';
import { scope } from '../../../nn/scope.js';
import { samplingInputs } from './inputs.js';
import { generate } from './objectives.js';
import type { TensorGan } from './tensor-gan.js';

/**
 * Exports the generator as an ONNX file: latent vectors and one-hot labels in, tensors [batch,
 * ...shape] of numbers in [−1, 1] out, for any number of rows. Where the recipe keeps an average of
 * the generator, it is that.
 *
 * @param metadata Key-value pairs that the file carries.
 */
export function exportGenerator(
  gan: TensorGan,
  state: HostTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  return exportOnnx({
    step: (weights, fed) => ({ state: {}, outputs: { images: generate(gan, weights, fed) } }),
    state: scope(readEma(state) ?? state, 'generator/'),
    inputs: (rows) => samplingInputs(gan.recipe, gan.classes, rows),
    name: 'generator',
    metadata,
  });
}
