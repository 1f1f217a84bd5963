import { exportOnnx } from '../../../../compute/export.js';
import type { HostTensors } from '../../../../compute/tensor.js';
import type { ColumnEncoder } from '../../../../encode/encoder.js';
import type { TensorEncoder } from '../../../../encode/tensor/encoder.js';
import { scope } from '../../../../nn/scope.js';
import type { GeneratorSpec } from '../../family.js';
import { needsSource } from '../../needs-source.js';
import { imageShapeOf } from '../columns.js';
import { pairEncoders } from '../pair-columns.js';
import type { PairRecipe } from '../recipe.js';
import { samplingInputs, samplingOutputs } from './inputs.js';
import { createPairGenerator } from './pair-gan.js';
import { translate } from './step.js';

/** Exports the generator as an ONNX file: images in, images [batch, ...shape] in [−1, 1] out. */
export function exportPairGenerator(
  recipe: PairRecipe,
  [from, to]: readonly [TensorEncoder, TensorEncoder],
  state: HostTensors,
): Uint8Array {
  const [source, target] = [imageShapeOf(from), imageShapeOf(to)];
  const generator = createPairGenerator(recipe, source, target.channels);
  return exportOnnx({
    step: (weights, fed) => ({
      state: {},
      outputs: { images: translate({ generator }, weights, fed) },
    }),
    state: scope(state, 'generator/'),
    inputs: (rows) => samplingInputs(generator, source, rows),
    name: 'generator',
  });
}

/** Describes how the generator is fed real rows' images, and how what it makes of them is read. */
export function pairGenerator(
  recipe: PairRecipe,
  encoders: readonly ColumnEncoder[],
): GeneratorSpec {
  const [from, to] = pairEncoders(encoders) as readonly [TensorEncoder, TensorEncoder];
  const [source, target] = [imageShapeOf(from), imageShapeOf(to)];
  const generator = createPairGenerator(recipe, source, target.channels);
  return {
    inputs: (rows) => samplingInputs(generator, source, rows),
    outputs: (rows) => samplingOutputs(target, rows),
    fillData() {},
    decode: needsSource,
    translation: {
      source: 0,
      made: 1,
      read: (vector) => from.read(vector),
      write: ({ outputs }) => to.write(outputs.images?.values as Float32Array),
    },
  };
}
