import {
  add,
  logSumExp,
  mean,
  mul,
  type Scalar,
  slice,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Tensors } from '../../../compute/tensor.js';
import { scope } from '../../../nn/scope.js';
import { gradientPenalty, r1Penalty } from '../../losses/gradient-penalty.js';
import { augmentImages } from '../../regularizers/diff-augment.js';
import { packLabels, packTensors } from '../../regularizers/pack.js';
import { maskNames } from './inputs.js';
import type { TensorGan } from './tensor-gan.js';

/** Latent vectors and labels → tensors, as the trained generator makes them. */
export function generate({ generator }: TensorGan, weights: Tensors, inputs: Tensors): Tensor {
  return generator.apply(weights, inputs.latent as Tensor, {
    training: false,
    label: inputs.label as Tensor2D | undefined,
  }).y;
}

/** Latent vectors and labels of an update → tensors, in training. */
export function generateInTraining({ generator }: TensorGan, state: Tensors, inputs: Tensors) {
  return generator.apply(scope(state, 'generator/'), inputs.latent as Tensor, {
    training: true,
    label: inputs.label as Tensor2D | undefined,
    masks: masksOf(inputs, 'generator', generator.masks),
  });
}

/** The loss that the critic minimises, and its new running statistics. */
export function criticObjective(
  gan: TensorGan,
  critic: Tensors,
  fakeTensors: Tensor,
  inputs: Tensors,
): { loss: Scalar; updates: Tensors } {
  const { recipe, loss } = gan;
  const real = see(gan, inputs.real as Tensor, inputs, 'real');
  const fake = see(gan, fakeTensors, inputs, 'fake');
  const [realLabel, fakeLabel] = [inputs.realLabel, inputs.label] as (Tensor2D | undefined)[];
  const first = judge(gan, critic, real, realLabel, inputs, 'real');
  const second = judge(gan, { ...critic, ...first.updates }, fake, fakeLabel, inputs, 'fake');
  let total = loss.critic(first.scores, second.scores, 1 - recipe.labelSmoothing);
  if (first.logits) total = add(total, crossEntropy(first.logits, realLabel as Tensor2D));
  const scoresOf = (use: string) => (x: Tensor) =>
    judge(gan, critic, x as Tensor, realLabel, inputs, use).scores;
  if (recipe.gradientPenalty > 0) {
    const places = inputs.interpolation as Tensor2D;
    const penalty = gradientPenalty(scoresOf('between'), real, fake, places);
    total = add(total, mul(penalty, recipe.gradientPenalty));
  }
  if (recipe.r1Penalty > 0) {
    total = add(total, mul(r1Penalty(scoresOf('penalty'), real), recipe.r1Penalty));
  }
  return { loss: total, updates: { ...first.updates, ...second.updates } };
}

/** The loss that the generator minimises, and the critic's new running statistics. */
export function generatorObjective(
  gan: TensorGan,
  critic: Tensors,
  fakeTensors: Tensor,
  inputs: Tensors,
): { loss: Scalar; updates: Tensors } {
  const label = inputs.label as Tensor2D | undefined;
  const fake = see(gan, fakeTensors, inputs, 'fake');
  const { scores, logits, updates } = judge(gan, critic, fake, label, inputs, 'fake');
  const adversarial = gan.loss.generator(scores);
  const loss = logits ? add(adversarial, crossEntropy(logits, label as Tensor2D)) : adversarial;
  return { loss: loss as Scalar, updates };
}

/** Tensors as the critic sees them: augmented, and packed. */
function see({ recipe }: TensorGan, tensors: Tensor, inputs: Tensors, use: string): Tensor {
  const uniforms = inputs[`${use}Augmentation`];
  const seen = uniforms
    ? augmentImages(tensors as Tensor4D, recipe.augmentations, uniforms)
    : tensors;
  return packTensors(seen, recipe.pack);
}

function judge(
  { recipe, critic, classes }: TensorGan,
  weights: Tensors,
  tensors: Tensor,
  label: Tensor2D | undefined,
  inputs: Tensors,
  use: string,
) {
  const { y, updates = {} } = critic.apply(weights, tensors, {
    training: true,
    label: packLabels(label, recipe.pack),
    masks: masksOf(inputs, use, critic.masks),
  });
  const rows = y.shape[0] as number;
  return {
    scores: recipe.classifier ? slice(y, [0, 0], [rows, 1]) : y,
    logits: recipe.classifier ? (slice(y, [0, 1], [rows, classes]) as Tensor2D) : undefined,
    updates,
  };
}

function masksOf(inputs: Tensors, use: string, masks: TensorGan['critic']['masks']): Tensor[] {
  return maskNames(use, masks).map((name) => inputs[name] as Tensor);
}

function crossEntropy(logits: Tensor2D, label: Tensor2D): Scalar {
  return mean(sub(logSumExp(logits, 1), sum(mul(logits, label), 1))) as Scalar;
}
