import {
  add,
  div,
  keep,
  mean,
  neg,
  type Scalar,
  softplus,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { StepFunction, Tensors } from '../../src/compute/tensor.js';
import { gradientsOf, select } from '../../src/nn/gradients.js';
import { isTrained } from '../../src/nn/layers/batch-norm.js';
import { adam } from '../../src/nn/optimizers/adam.js';

/** A network: named weights and an input → its output, and what else of the state it changes. */
export type Network = (state: Tensors, x: Tensor) => { y: Tensor; updates: Tensors };

const options = { learningRate: 2e-4, betas: [0.5, 0.999] } as const;

/**
 * One step of the original GAN (Goodfellow et al. 2014), non-saturating: the discriminator learns
 * from real and fake halves, then the generator from the same fakes. As bench/peers/torch_gans.py.
 */
export function ganStep(generator: Network, discriminator: Network): StepFunction {
  return (state, { real, latent }) => {
    const { y: fake } = generator(state, latent as Tensor);
    let kept: Tensors = {};
    const onD = gradientsOf(select(state, 'discriminator/', isTrained), (weights) => {
      const first = discriminator({ ...state, ...weights }, real as Tensor);
      const second = discriminator({ ...state, ...weights, ...first.updates }, fake);
      kept = keepAll({ ...first.updates, ...second.updates });
      // −log σ(s) for real and −log(1 − σ(s)) for fake.
      return div(add(mean(softplus(neg(first.y))), mean(softplus(second.y))), 2) as Scalar;
    });
    const afterD = { ...state, ...adam('d', state, onD.gradients, options), ...kept };
    let statistics: Tensors = {};
    const onG = gradientsOf(select(state, 'generator/', isTrained), (weights) => {
      const made = generator({ ...state, ...weights }, latent as Tensor);
      const judged = discriminator(afterD, made.y);
      statistics = keepAll({ ...made.updates, ...judged.updates });
      return mean(softplus(neg(judged.y))) as Scalar;
    });
    return {
      state: { ...afterD, ...adam('g', state, onG.gradients, options), ...statistics },
      outputs: { discriminatorLoss: onD.value, generatorLoss: onG.value },
    };
  };
}

/** What leaves a differentiated function is freed there otherwise. */
function keepAll(tensors: Tensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, x]) => [name, keepOne(x)]));
}
const keepOne = (x: Tensor) => keep(x);
