import type { Tensor2D } from '@tensorflow/tfjs-core';
import { exportOnnx } from '../../../../compute/export.js';
import type { HostTensors, StepFunction } from '../../../../compute/tensor.js';
import { generatorWeights } from '../generator-weights.js';
import type { RowShape } from '../shape.js';
import { inferenceLogits, inferenceWeights } from './inference-generator.js';
import { samplingInputs } from './inputs.js';
import { joinWeights, scoreRow } from './networks.js';
import type { GeneratorRecipe } from './recipe.js';

/**
 * The generator as an ONNX file: noise and condition in, rows out, for any number of rows.
 *
 * @param metadata Key-value pairs that the file carries.
 */
export function exportGenerator(
  recipe: GeneratorRecipe,
  shape: RowShape,
  state: HostTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const step: StepFunction = (weights, inputs) => {
    const { latent, condition } = inputs as Record<string, Tensor2D | undefined>;
    const logits = inferenceLogits(recipe, weights, latent as Tensor2D, condition);
    const rows = scoreRow(shape, logits, inputs.gumbel as Tensor2D);
    return { state: {}, outputs: { rows } };
  };
  return exportOnnx({
    step,
    state: inferenceWeights(recipe, shape, joinWeights(recipe, generatorWeights(state))),
    inputs: (rows) => samplingInputs(recipe, shape, rows),
    name: 'generator',
    metadata,
  });
}
