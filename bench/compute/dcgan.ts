import {
  add,
  conv2d,
  conv2dTranspose,
  relu,
  reshape,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tanh,
} from '@tensorflow/tfjs-core';
import type { Feed } from '../../src/compute/program.js';
import { type HostTensors, hostTensor, type Tensors } from '../../src/compute/tensor.js';
import { leakyRelu } from '../../src/gan/layers/activation.js';
import { batchNormTraining, createBatchNorm } from '../../src/gan/layers/batch-norm.js';
import { createDense, createLinear, dense, linear } from '../../src/gan/layers/dense.js';
import { fillNoise, type StepInputs } from '../../src/gan/noise.js';
import { createAdam } from '../../src/gan/optimizer/adam.js';
import type { Random } from '../../src/random.js';
import { ganStep, type Network } from './gan-step.js';

const batch = 64;
const latent = 100;
/** Kernel 4, stride 2, and a row of padding around: halves or doubles height and width. */
const kernel = [4, 4] as const;

const inputs: StepInputs = {
  real: { shape: [batch, 28, 28, 1], dtype: 'float32', fill: 'data' },
  latent: { shape: [batch, latent], dtype: 'float32', fill: 'normal' },
};

/** DCGAN (Radford et al. 2016) on 28 × 28 grey images, channels last. */
export const dcgan = {
  inputs,
  state(random: Random): HostTensors {
    const generator = {
      ...createLinear('generator/0', latent, 7 * 7 * 128, random),
      ...createBatchNorm('generator/1', 128),
      ...createKernel('generator/2', 64, 128, random),
      ...createBatchNorm('generator/3', 64),
      ...createKernel('generator/4', 1, 64, random),
      'generator/4/bias': hostTensor([1]),
    };
    const discriminator = {
      ...createKernel('discriminator/0', 1, 64, random),
      'discriminator/0/bias': hostTensor([64]),
      ...createKernel('discriminator/1', 64, 128, random),
      ...createBatchNorm('discriminator/2', 128),
      ...createDense('discriminator/3', 7 * 7 * 128, 1, random),
    };
    return {
      ...generator,
      ...discriminator,
      ...createAdam('g', generator),
      ...createAdam('d', discriminator),
    };
  },
  step: ganStep(generator, discriminator),
  /** Draws what a step is fed: noise, and real images that are noise in [−1, 1). */
  fill(feed: Feed, random: Random): void {
    fillNoise(inputs, feed, random.fork('noise'));
    const real = random.fork('data').fillUniform(feed.real as Float32Array);
    for (let k = 0; k < real.length; k++) real[k] = 2 * (real[k] as number) - 1;
  },
};

/** Weights [4, 4, a, b] from N(0, 0.02). */
function createKernel(name: string, a: number, b: number, random: Random): HostTensors {
  const values = random.fork(name).fillNormal(new Float32Array(16 * a * b));
  return {
    [`${name}/weight`]: hostTensor(
      [...kernel, a, b],
      values.map((value) => value * 0.02),
    ),
  };
}

function generator(state: Tensors, z: Tensor): ReturnType<Network> {
  const flat = reshape(linear(state, 'generator/0', z as Tensor2D), [batch, 7, 7, 128]);
  const first = batchNormTraining(state, 'generator/1', flat as Tensor4D);
  const wide = grow(state, 'generator/2', relu(first.y), [batch, 14, 14, 64]);
  const second = batchNormTraining(state, 'generator/3', wide);
  const image = grow(state, 'generator/4', relu(second.y), [batch, 28, 28, 1]);
  const y = tanh(add(image, state['generator/4/bias'] as Tensor));
  return { y, updates: { ...first.updates, ...second.updates } };
}

function discriminator(state: Tensors, x: Tensor): ReturnType<Network> {
  const first = add(
    shrink(state, 'discriminator/0', x as Tensor4D),
    state['discriminator/0/bias'] as Tensor,
  ) as Tensor4D;
  const second = shrink(state, 'discriminator/1', leakyRelu(first));
  const { y, updates } = batchNormTraining(state, 'discriminator/2', second);
  const flat = reshape(leakyRelu(y), [batch, 7 * 7 * 128]) as Tensor2D;
  return { y: dense(state, 'discriminator/3', flat), updates };
}

function shrink(state: Tensors, name: string, x: Tensor4D): Tensor4D {
  return conv2d(x, state[`${name}/weight`] as Tensor4D, 2, 'same');
}

function grow(
  state: Tensors,
  name: string,
  x: Tensor4D,
  shape: [number, number, number, number],
): Tensor4D {
  return conv2dTranspose(x, state[`${name}/weight`] as Tensor4D, shape, 2, 'same');
}
