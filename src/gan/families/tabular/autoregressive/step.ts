import {
  add,
  matMul,
  mean,
  mul,
  type Scalar,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
  transpose,
} from '@tensorflow/tfjs-core';
import type { StepFunction, Tensors } from '../../../../compute/tensor.js';
import { updateEma } from '../../../../nn/ema.js';
import { gradientsOf, select } from '../../../../nn/gradients.js';
import {
  createSegments,
  logSumExpSegments,
  spreadSegments,
  sumSegments,
} from '../../../../nn/layers/segments.js';
import { adam } from '../../../../nn/optimizers/adam.js';
import type { CodeSpan } from './code-order.js';
import { embeddingSizes, logitsOf } from './networks.js';
import type { AutoregressiveRecipe } from './recipe.js';

/** Name of the optimiser. */
export const optimizerName = 'networks';

/**
 * One training step: columns become more likely, each by those before it and those that are known
 * beforehand, which is the likelihood of rows by the chain rule.
 */
export function autoregressiveStep(
  recipe: AutoregressiveRecipe,
  spans: readonly CodeSpan[],
): StepFunction {
  return (state, inputs) => {
    const { value, gradients } = gradientsOf(select(state, 'generator/'), (weights) =>
      surprise(recipe, spans, weights, inputs),
    );
    const changes = adam(
      optimizerName,
      state,
      gradients,
      recipe.optimizer,
      inputs.schedule as Scalar,
    );
    const averages =
      recipe.emaDecay > 0 ? updateEma(state, select(changes, 'generator/'), recipe.emaDecay) : {};
    return { state: { ...state, ...changes, ...averages }, outputs: { surprise: value } };
  };
}

/**
 * The negative log-likelihood of a row, in nats: the mean over the rows `codes` of the sum over the
 * columns that are not `known` beforehand, of which the target counts `targetWeight` times.
 */
export function surprise(
  recipe: AutoregressiveRecipe,
  spans: readonly CodeSpan[],
  weights: Tensors,
  { codes, known, dropout, targetDropout }: Tensors,
): Scalar {
  const segments = createSegments(spans.map(({ size }) => size));
  const visible = {
    weights: visibleWeights(recipe, spans, known as Tensor2D),
    dropout: dropout as Tensor2D | undefined,
    targetDropout: targetDropout as Tensor2D | undefined,
  };
  const logits = logitsOf(recipe, spans, weights, codes as Tensor2D, visible);
  const chosen = sumSegments(segments, mul<Tensor2D>(logits, codes as Tensor2D));
  const each = mean(sub(logSumExpSegments(segments, logits), chosen), 0) as Tensor1D;
  const importance = spans.map(({ isTarget }) => (isTarget ? recipe.targetWeight : 1));
  const weighted = mul<Tensor1D>(each, tensor1d(importance));
  return sum(mul(weighted, sub(1, known as Tensor2D)));
}

/** Which embedded numbers go into which hidden units: [embedded, columns × hidden] of 0 and 1. */
function visibleWeights(
  recipe: AutoregressiveRecipe,
  spans: readonly CodeSpan[],
  known: Tensor2D,
): Tensor2D {
  const count = spans.length;
  const square = (of: (row: number, column: number) => boolean) =>
    tensor2d(
      Float32Array.from({ length: count * count }, (_, k) =>
        Number(of(Math.floor(k / count), k % count)),
      ),
      [count, count],
    );
  const before = square((row, column) => row < column);
  const after = square((row, column) => row > column);
  const sees = add<Tensor2D>(before, mul(after, transpose(known)));
  const inputs = createSegments(embeddingSizes(recipe, spans));
  const units = createSegments(spans.map(() => recipe.hidden));
  return spreadSegments(units, matMul(inputs.membership, sees));
}
