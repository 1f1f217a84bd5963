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
import { applyLeakyRelu } from '../../src/nn/layers/activations.js';
import { batchNormTraining, createBatchNorm, isTrained } from '../../src/nn/layers/batch-norm.js';
import { applyDense, applyLinear, createDense, createLinear } from '../../src/nn/layers/dense.js';
import { createAdam } from '../../src/nn/optimizers/adam.js';
import { fillNoise, type StepInputs } from '../../src/nn/step-inputs.js';
import type { Random } from '../../src/random.js';
import { ganStep, type Network } from './gan-step.js';

/** Kernel 4, stride 2, and a row of padding around: halves or doubles height and width. */
const kernel = [4, 4] as const;

export interface DcganSizes {
  readonly batch: number;
  readonly latent: number;
  /** Height and width of the smallest feature maps; images have four times as many. */
  readonly side: number;
  /** Channels of the largest and of the smallest feature maps. */
  readonly channels: readonly [outer: number, inner: number];
}

/** DCGAN (Radford et al. 2016) on 28 × 28 grey images, channels last. */
export const dcgan = createDcgan({ batch: 64, latent: 100, side: 7, channels: [64, 128] });

export function createDcgan(sizes: DcganSizes) {
  const { batch, latent, side, channels } = sizes;
  const [outer, inner] = channels;
  const inputs: StepInputs = {
    real: { shape: [batch, 4 * side, 4 * side, 1], dtype: 'float32', source: 'data' },
    latent: { shape: [batch, latent], dtype: 'float32', source: 'normal' },
  };
  return {
    inputs,
    state(random: Random): HostTensors {
      const generator = {
        ...createLinear('generator/0', latent, side * side * inner, random),
        ...createBatchNorm('generator/1', inner),
        ...createKernel('generator/2', outer, inner, random),
        ...createBatchNorm('generator/3', outer),
        ...createKernel('generator/4', 1, outer, random),
        'generator/4/bias': hostTensor([1]),
      };
      const discriminator = {
        ...createKernel('discriminator/0', 1, outer, random),
        'discriminator/0/bias': hostTensor([outer]),
        ...createKernel('discriminator/1', outer, inner, random),
        ...createBatchNorm('discriminator/2', inner),
        ...createDense('discriminator/3', side * side * inner, 1, random),
      };
      return {
        ...generator,
        ...discriminator,
        ...createAdam('g', trainedOf(generator)),
        ...createAdam('d', trainedOf(discriminator)),
      };
    },
    step: ganStep(generator(sizes), discriminator(sizes)),
    /** Draws what a step is fed: noise, and real images that are noise in [−1, 1). */
    fill(feed: Feed, random: Random): void {
      fillNoise(inputs, feed, random.fork('noise'));
      const real = random.fork('data').fillUniform(feed.real as Float32Array);
      for (let k = 0; k < real.length; k++) real[k] = 2 * (real[k] as number) - 1;
    },
  };
}

function trainedOf(state: HostTensors): HostTensors {
  return Object.fromEntries(Object.entries(state).filter(([name]) => isTrained(name)));
}

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

function generator({ batch, side, channels: [outer, inner] }: DcganSizes): Network {
  return (state, z) => {
    const flat = reshape(applyLinear(state, 'generator/0', z as Tensor2D), [
      batch,
      side,
      side,
      inner,
    ]);
    const first = batchNormTraining(state, 'generator/1', flat as Tensor4D);
    const middle = 2 * side;
    const wide = grow(state, 'generator/2', relu(first.y), [batch, middle, middle, outer]);
    const second = batchNormTraining(state, 'generator/3', wide);
    const image = grow(state, 'generator/4', relu(second.y), [batch, 2 * middle, 2 * middle, 1]);
    const y = tanh(add(image, state['generator/4/bias'] as Tensor));
    return { y, updates: { ...first.updates, ...second.updates } };
  };
}

function discriminator({ batch, side, channels: [, inner] }: DcganSizes): Network {
  return (state, x) => {
    const first = add(
      shrink(state, 'discriminator/0', x as Tensor4D),
      state['discriminator/0/bias'] as Tensor,
    ) as Tensor4D;
    const second = shrink(state, 'discriminator/1', applyLeakyRelu(first));
    const { y, updates } = batchNormTraining(state, 'discriminator/2', second);
    const flat = reshape(applyLeakyRelu(y), [batch, side * side * inner]) as Tensor2D;
    return { y: applyDense(state, 'discriminator/3', flat), updates };
  };
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
