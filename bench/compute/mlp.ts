import { type Tensor, type Tensor2D, tanh } from '@tensorflow/tfjs-core';
import type { Feed } from '../../src/compute/program.js';
import type { HostTensors } from '../../src/compute/tensor.js';
import { applyLeakyRelu } from '../../src/nn/layers/activations.js';
import { applyDense, createDense } from '../../src/nn/layers/dense.js';
import { createAdam } from '../../src/nn/optimizers/adam.js';
import { fillNoise, type StepInputs } from '../../src/nn/step-inputs.js';
import type { Random } from '../../src/random.js';
import { ganStep, type Network } from './gan-step.js';

/** Widths of the layers, first to last, and the rows of a step. */
export interface MlpSizes {
  readonly batch: number;
  readonly generator: readonly [number, ...number[]];
  readonly discriminator: readonly [number, ...number[]];
}

/** The article's GAN on 28 × 28 images, all dense. */
export const mlp = createMlp({
  batch: 64,
  generator: [100, 256, 512, 1024, 784],
  discriminator: [784, 512, 256, 1],
});

export function createMlp({ batch, generator, discriminator }: MlpSizes) {
  const inputs: StepInputs = {
    real: { shape: [batch, discriminator[0]], dtype: 'float32', source: 'data' },
    latent: { shape: [batch, generator[0]], dtype: 'float32', source: 'normal' },
  };
  return {
    inputs,
    state(random: Random): HostTensors {
      const [g, d] = [
        createStack('generator', generator, random),
        createStack('discriminator', discriminator, random),
      ];
      return { ...g, ...d, ...createAdam('g', g), ...createAdam('d', d) };
    },
    step: ganStep(
      (state, x) => {
        const { y } = stack('generator', generator)(state, x);
        return { y: tanh(y), updates: {} };
      },
      stack('discriminator', discriminator),
    ),
    /** Draws what a step is fed: noise, and real rows that are noise in [−1, 1). */
    fill(feed: Feed, random: Random): void {
      fillNoise(inputs, feed, random.fork('noise'));
      const real = random.fork('data').fillUniform(feed.real as Float32Array);
      for (let k = 0; k < real.length; k++) real[k] = 2 * (real[k] as number) - 1;
    },
  };
}

function createStack(name: string, sizes: readonly number[], random: Random): HostTensors {
  return Object.assign(
    {},
    ...sizes
      .slice(1)
      .map((size, layer) => createDense(`${name}/${layer}`, sizes[layer] as number, size, random)),
  );
}

function stack(name: string, sizes: readonly number[]): Network {
  return (state, x) => {
    let y: Tensor = x;
    for (let layer = 0; layer < sizes.length - 1; layer++) {
      y = applyDense(state, `${name}/${layer}`, y as Tensor2D);
      if (layer < sizes.length - 2) y = applyLeakyRelu(y);
    }
    return { y, updates: {} };
  };
}
