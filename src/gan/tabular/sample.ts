import { log, neg, type Tensor2D } from '@tensorflow/tfjs-core';
import { exportOnnx } from '../../compute/compile.js';
import type { Feed, Program } from '../../compute/program.js';
import {
  type HostTensors,
  mapEntries,
  type StepFunction,
  sizeOf,
  type TensorSpecs,
} from '../../compute/tensor.js';
import type { Random } from '../../random.js';
import { fillNoise } from '../noise.js';
import { cumulate, pick } from './condition.js';
import { activateRow, generateLogits, joinColumns } from './generator.js';
import { samplingInputs } from './inputs.js';
import type { TabularRecipe } from './recipe.js';
import type { RowShape } from './shape.js';

/** The generator as an ONNX file that makes `rows` rows at once: noise and condition in, rows out. */
export function exportGenerator(
  recipe: TabularRecipe,
  shape: RowShape,
  state: HostTensors,
  rows: number,
): Uint8Array {
  const step: StepFunction = (weights, inputs) => {
    const input = joinColumns([
      inputs.latent as Tensor2D,
      inputs.condition as Tensor2D | undefined,
    ]);
    const { logits } = generateLogits(recipe, weights, input, false);
    const gumbel = inputs.gumbel && (neg(log(neg(log(inputs.gumbel)))) as Tensor2D);
    return {
      state: {},
      outputs: { rows: activateRow(recipe, shape, logits, gumbel as Tensor2D) },
    };
  };
  const weights = Object.entries(state).filter(([name]) => name.startsWith('generator/'));
  return exportOnnx({
    step,
    state: Object.fromEntries(weights),
    inputs: samplingInputs(recipe, shape, rows),
  });
}

/** What the exported generator gives. */
export function samplingOutputs(shape: RowShape, rows: number): TensorSpecs {
  return { rows: { shape: [rows, shape.width], dtype: 'float32' } };
}

/**
 * A function that makes one chunk of rows, [rows, width], from a random stream.
 *
 * Conditions are drawn by the categories' true frequencies, a column evenly.
 */
export function createChunkSampler(
  program: Program,
  recipe: TabularRecipe,
  shape: RowShape,
  rows: number,
): (random: Random) => Promise<Float32Array> {
  const inputs = samplingInputs(recipe, shape, rows);
  const feed: Feed = mapEntries(inputs, (input) => new Float32Array(sizeOf(input.shape)));
  const fillConditions = createConditionFiller(shape);
  return async (random) => {
    fillNoise(inputs, feed, random.fork('noise'));
    if (feed.condition) {
      fillConditions(feed.condition as Float32Array, random.fork('condition'));
    }
    const outputs = await program.run(feed);
    return outputs.rows?.values as Float32Array;
  };
}

/** Fills one-hot conditions [rows, condition]: a column evenly, a category by its frequency. */
function createConditionFiller({ counts, condition: width }: RowShape) {
  let next = 0;
  const columns = counts.map((levels) => {
    const offset = next;
    next += levels.length;
    return { offset, cumulative: cumulate(levels) };
  });
  return (condition: Float32Array, random: Random): void => {
    condition.fill(0);
    for (let start = 0; start < condition.length; start += width) {
      const { offset, cumulative } = columns[random.integer(columns.length)] as (typeof columns)[0];
      condition[start + offset + pick(cumulative, random.uniform())] = 1;
    }
  };
}
