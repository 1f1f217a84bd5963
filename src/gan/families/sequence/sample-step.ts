import { exportOnnx } from '../../../compute/export.js';
import type { HostTensors, StepFunction, Tensors } from '../../../compute/tensor.js';
import { samplingInputs } from './inputs.js';
import { generateSequences } from './networks.js';
import type { SequenceRecipe } from './recipe.js';
import type { SequenceShape } from './shape.js';

/** The generator as it makes sequences once it is trained: by running statistics. */
export function sampleStep(recipe: SequenceRecipe, shape: SequenceShape): StepFunction {
  return (weights, inputs) => {
    const made = generateSequences(recipe, shape, weights, inputs, false);
    const { attributes, ranges, steps, going } = made;
    const outputs = Object.entries({ attributes, ranges, steps, going }).filter(
      ([, tensor]) => tensor !== undefined,
    );
    return { state: {}, outputs: Object.fromEntries(outputs) as Tensors };
  };
}

/** The generator as an ONNX file: noise in, sequences out, for any number of rows. */
export function exportSequenceGenerator(
  recipe: SequenceRecipe,
  shape: SequenceShape,
  state: HostTensors,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  return exportOnnx({
    step: sampleStep(recipe, shape),
    state,
    inputs: (rows) => samplingInputs(recipe, shape, rows),
    name: 'generator',
    metadata,
  });
}
