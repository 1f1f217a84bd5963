import { reshape, type Tensor, type Tensor3D, tanh } from '@tensorflow/tfjs-core';
import { ganStep, type Network } from '../../bench/compute/gan-step.js';
import { applyDense, createDense } from '../../src/nn/layers/dense.js';
import { createGru, gru } from '../../src/nn/layers/gru.js';
import { createLstm, lstm } from '../../src/nn/layers/lstm.js';
import { createAdam } from '../../src/nn/optimizers/adam.js';
import { fillNoise, type StepInputs } from '../../src/nn/step-inputs.js';
import type { Recipe } from './recipes.js';

const [batch, time, latent, features] = [6, 3, 3, 2];
const generatorSizes = { inputs: latent, hidden: 8, layers: 2 };
const discriminatorSizes = { inputs: features, hidden: 8 };

const inputs: StepInputs = {
  real: { shape: [batch, time, features], dtype: 'float32', source: 'uniform' },
  latent: { shape: [batch, time, latent], dtype: 'float32', source: 'normal' },
};

/** Latent series → series. */
const generator: Network = (state, z) => {
  const { y } = gru(state, 'generator/gru', z as Tensor3D, generatorSizes);
  const rows = applyDense(
    state,
    'generator/output',
    reshape(y, [batch * time, generatorSizes.hidden]),
  );
  return { y: reshape(tanh(rows), [batch, time, features]), updates: {} };
};

/** Series → a score from the state after the last moment. */
const discriminator: Network = (state, x) => {
  const { last } = lstm(state, 'discriminator/lstm', x as Tensor3D, discriminatorSizes);
  const [hidden] = last[0] as NonNullable<(typeof last)[0]>;
  const y: Tensor = applyDense(state, 'discriminator/output', hidden as NonNullable<typeof hidden>);
  return { y, updates: {} };
};

/** A GAN of series: a GRU makes them, an LSTM judges them. */
export const smallRecurrent: Recipe = {
  inputs,
  state(random) {
    const g = {
      ...createGru('generator/gru', generatorSizes, random),
      ...createDense('generator/output', generatorSizes.hidden, features, random),
    };
    const d = {
      ...createLstm('discriminator/lstm', discriminatorSizes, random),
      ...createDense('discriminator/output', discriminatorSizes.hidden, 1, random),
    };
    return { ...g, ...d, ...createAdam('g', g), ...createAdam('d', d) };
  },
  step: ganStep(generator, discriminator),
  fill: (feed, random) => fillNoise(inputs, feed, random),
};
