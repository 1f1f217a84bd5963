import {
  abs,
  add,
  concat,
  mean,
  mul,
  type Scalar,
  sub,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { StepFunction, Tensors } from '../../../../compute/tensor.js';
import { gradientsOf, select } from '../../../../nn/gradients.js';
import { optimize } from '../../../../nn/optimizers/optimizer.js';
import { scope } from '../../../../nn/scope.js';
import { augmentImages } from '../../../regularizers/diff-augment.js';
import { sourceInput } from '../../family.js';
import { rateInput } from '../rate.js';
import { type AugmentedUse, augmentationInput, maskInput, targetInput } from './inputs.js';
import type { PairGan } from './pair-gan.js';

/** The generator's image of each that it is fed. */
export function translate(
  { generator }: Pick<PairGan, 'generator'>,
  weights: Tensors,
  inputs: Tensors,
): Tensor {
  const masks = (generator.masks ?? []).map((_, k) => inputs[maskInput(k)] as Tensor);
  return generator.apply(weights, inputs[sourceInput] as Tensor, { training: true, masks }).y;
}

/**
 * One training step of Pix2Pix: the critic learns to tell real pairs from made ones, then the
 * generator to make what it takes for real and what is near the truth.
 */
export function pairStep(gan: PairGan): StepFunction {
  const { recipe, loss } = gan;
  return (state, inputs) => {
    const rate = inputs[rateInput] as Scalar;
    const truth = inputs[targetInput] as Tensor;
    const made = translate(gan, scope(state, 'generator/'), inputs);
    const critic = gradientsOf(select(state, 'critic/'), (weights) => {
      const score = (image: Tensor, use: AugmentedUse) =>
        judge(gan, scope(weights, 'critic/'), image, inputs, use);
      return loss.critic(score(truth, 'real'), score(made, 'fake'), 1);
    });
    const judged = {
      ...state,
      ...optimize('critic', recipe.criticOptimizer, state, critic.gradients, rate),
    };
    const generator = gradientsOf(select(judged, 'generator/'), (weights) => {
      const image = translate(gan, scope(weights, 'generator/'), inputs);
      const adversarial = loss.generator(
        judge(gan, scope(judged, 'critic/'), image, inputs, 'generator'),
      );
      const difference = mean(abs(sub(image, truth)));
      return add<Scalar>(adversarial, mul(difference, recipe.reconstruction));
    });
    return {
      state: {
        ...judged,
        ...optimize('generator', recipe.generatorOptimizer, judged, generator.gradients, rate),
      },
      outputs: { critic: critic.value, generator: generator.value },
    };
  };
}

/** The critic's scores of images beside those that they belong to. */
function judge(
  { critic, recipe }: PairGan,
  weights: Tensors,
  image: Tensor,
  inputs: Tensors,
  use: AugmentedUse,
): Tensor {
  const pair = concat([inputs[sourceInput] as Tensor4D, image as Tensor4D], 3);
  const uniforms = inputs[augmentationInput(use)];
  const seen = uniforms ? augmentImages(pair, recipe.augmentations, uniforms) : pair;
  return critic.apply(weights, seen, { training: true }).y;
}
