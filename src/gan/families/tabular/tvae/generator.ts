import { add, concat, slice, type Tensor2D } from '@tensorflow/tfjs-core';
import { exportOnnx } from '../../../../compute/export.js';
import type { HostTensors, StepFunction } from '../../../../compute/tensor.js';
import type { ColumnEncoder } from '../../../../encode/encoder.js';
import { collapseRows, decodeTable, layoutOf } from '../../../../encode/table.js';
import type { GeneratorSpec } from '../../family.js';
import type { LogitsProgram } from '../calibrate/calibrate.js';
import { samplingOutputs } from '../sampling-outputs.js';
import { type RowShape, rowShape } from '../shape.js';
import { samplingInputs } from './inputs.js';
import { drawRows } from './networks.js';
import type { VariationalRecipe } from './recipe.js';

/** How the decoder makes rows of latent vectors from the prior. */
export function decoderLogits(
  recipe: VariationalRecipe,
  shape: RowShape,
): (rows: number) => LogitsProgram {
  return (rows) => ({
    inputs: samplingInputs(recipe, shape, rows),
    fillData() {},
    draw: (weights, { latent, spread }) =>
      drawRows(recipe, shape, weights, latent as Tensor2D, spread),
  });
}

/** The decoder as an ONNX file: noise in, rows out, for any number of rows. */
export function exportDecoder(
  recipe: VariationalRecipe,
  shape: RowShape,
  state: HostTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const { scalars, onehots } = shape;
  const step: StepFunction = (weights, { latent, spread, gumbel }) => {
    const drawn = drawRows(recipe, shape, weights, latent as Tensor2D, spread);
    if (!gumbel) return { state: {}, outputs: { rows: drawn } };
    const [rows] = drawn.shape;
    const noisy = add<Tensor2D>(slice(drawn, [0, scalars], [rows, onehots]), gumbel);
    const numbers = scalars > 0 ? [slice(drawn, [0, 0], [rows, scalars])] : [];
    return { state: {}, outputs: { rows: concat([...numbers, noisy], 1) } };
  };
  return exportOnnx({
    step,
    state,
    inputs: (rows) => samplingInputs(recipe, shape, rows),
    name: 'generator',
    metadata,
  });
}

/**
 * How the decoder is fed, and how its rows are read. It knows no conditions: latent vectors come
 * from the prior.
 */
export function decoderSpec(
  recipe: VariationalRecipe,
  encoders: readonly ColumnEncoder[],
): GeneratorSpec {
  const layout = layoutOf(encoders);
  const shape = rowShape(layout);
  return {
    inputs: (rows) => samplingInputs(recipe, shape, rows),
    outputs: (rows) => samplingOutputs(shape, rows),
    fillData() {},
    decode({ outputs }, schema, rows, random) {
      const matrix = outputs.rows?.values as Float32Array;
      return decodeTable(encoders, schema, collapseRows(layout, matrix, rows), rows, random);
    },
  };
}
