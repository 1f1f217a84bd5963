import {
  add,
  div,
  exp,
  keep,
  mul,
  type Scalar,
  slice,
  square,
  sub,
  sum,
  type Tensor2D,
  tanh,
} from '@tensorflow/tfjs-core';
import type { StepFunction, Tensors } from '../../../../compute/tensor.js';
import { gradientsOf, select } from '../../../../nn/gradients.js';
import { createSegments, logSumExpSegments } from '../../../../nn/layers/segments.js';
import { adam } from '../../../../nn/optimizers/adam.js';
import type { RowShape } from '../shape.js';
import { decodeLogits, encode, logDeviations } from './networks.js';
import type { VariationalRecipe } from './recipe.js';

/** Name of the optimiser. */
export const optimizerName = 'networks';

/**
 * One training step: an update of encoder and decoder, which make the negative evidence lower bound
 * small (Kingma and Welling 2014): what is lost in reconstructing the rows, and the divergence of the
 * latent vectors from the prior.
 */
export function variationalStep(recipe: VariationalRecipe, shape: RowShape): StepFunction {
  return (state, inputs) => {
    const real = inputs.real as Tensor2D;
    const weights = { ...select(state, 'encoder/'), ...select(state, 'generator/') };
    let apart: Scalar | undefined;
    const { value, gradients } = gradientsOf(weights, (own) => {
      const { mean, logVariance } = encode(recipe, own, real);
      const noise = mul(exp(mul(logVariance, 0.5)), inputs.latent as Tensor2D);
      const logits = decodeLogits(recipe, own, add(mean, noise));
      const reconstruction = surprise(recipe, shape, own, logits, real);
      // It leaves the scope of the differentiated function, which frees what it made.
      apart = keep(div<Scalar>(divergence(mean, logVariance), recipe.batch));
      return add(mul(reconstruction, recipe.reconstruction / recipe.batch), apart);
    });
    return {
      state: { ...state, ...adam(optimizerName, state, gradients, recipe.optimizer) },
      outputs: { reconstruction: sub(value, apart as Scalar), divergence: apart as Scalar },
    };
  };
}

/** How unlikely the real rows are by what was decoded, summed over them. */
function surprise(
  recipe: VariationalRecipe,
  { scalars, onehots, spans }: RowShape,
  weights: Tensors,
  logits: Tensor2D,
  real: Tensor2D,
): Scalar {
  const [rows] = real.shape;
  const part = (x: Tensor2D, start: number, size: number): Tensor2D =>
    slice(x, [0, start], [rows, size]);
  const parts: Scalar[] = [];
  const deviations = logDeviations(recipe, weights);
  if (deviations) {
    const missed = sub<Tensor2D>(part(real, 0, scalars), tanh(part(logits, 0, scalars)));
    const scaled = mul(square(missed), exp(mul(deviations, -2)));
    parts.push(add(mul(sum(scaled), 0.5), mul(sum(deviations), rows)) as Scalar);
  }
  if (onehots > 0) {
    const own = part(logits, scalars, onehots);
    const chosen = sum(mul(own, part(real, scalars, onehots)));
    parts.push(sub(sum(logSumExpSegments(createSegments(spans), own)), chosen) as Scalar);
  }
  return parts.reduce((total, next) => add(total, next));
}

/** Divergence (Kullback–Leibler) of the latent vectors' normals from the standard normal, summed. */
function divergence(mean: Tensor2D, logVariance: Tensor2D): Scalar {
  const each = sub(sub(add(exp(logVariance), square(mean)), 1), logVariance);
  return mul(sum(each), 0.5);
}
