import { type Tensor, type Tensor2D, tanh } from '@tensorflow/tfjs-core';
import type { HostTensors, TensorSpecs } from '../../src/compute/tensor.js';
import { leakyRelu } from '../../src/gan/layers/activation.js';
import { createDense, dense } from '../../src/gan/layers/dense.js';
import { createAdam } from '../../src/gan/optimizer/adam.js';
import type { Random } from '../../src/random.js';
import { ganStep, type Network } from './gan-step.js';

const batch = 64;
const generatorSizes = [100, 256, 512, 1024, 784];
const discriminatorSizes = [784, 512, 256, 1];

/** The article's GAN on 28 × 28 images, all dense. */
export const mlp = {
  inputs: {
    real: { shape: [batch, 784], dtype: 'float32' },
    latent: { shape: [batch, 100], dtype: 'float32' },
  } as TensorSpecs,
  state(random: Random): HostTensors {
    const generator = createStack('generator', generatorSizes, random);
    const discriminator = createStack('discriminator', discriminatorSizes, random);
    return {
      ...generator,
      ...discriminator,
      ...createAdam('g', generator),
      ...createAdam('d', discriminator),
    };
  },
  step: ganStep(
    (state, x) => {
      const { y } = stack('generator', generatorSizes)(state, x);
      return { y: tanh(y), updates: {} };
    },
    stack('discriminator', discriminatorSizes),
  ),
};

function createStack(name: string, sizes: number[], random: Random): HostTensors {
  return Object.assign(
    {},
    ...sizes
      .slice(1)
      .map((size, layer) => createDense(`${name}/${layer}`, sizes[layer] as number, size, random)),
  );
}

function stack(name: string, sizes: number[]): Network {
  return (state, x) => {
    let y: Tensor = x;
    for (let layer = 0; layer < sizes.length - 1; layer++) {
      y = dense(state, `${name}/${layer}`, y as Tensor2D);
      if (layer < sizes.length - 2) y = leakyRelu(y);
    }
    return { y, updates: {} };
  };
}
