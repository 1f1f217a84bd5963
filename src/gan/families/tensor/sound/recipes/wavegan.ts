import { leakyRelu, relu, tanh } from '../../../../../nn/layers/activations.js';
import {
  convolution1d,
  crop1d,
  transposedConvolution1d,
} from '../../../../../nn/layers/convolution-1d.js';
import { dense } from '../../../../../nn/layers/dense.js';
import { joinLabel, projectLabel } from '../../../../../nn/layers/labels.js';
import { phaseShuffle } from '../../../../../nn/layers/phase-shuffle.js';
import { sequential } from '../../../../../nn/sequential.js';
import { scaled } from '../../../../features/levels.js';
import type { TensorCriticArgs, TensorGeneratorArgs } from '../../opaque-recipe.js';
import { type SoundRecipe, soundDefaults } from '../recipe.js';
import { innerLength, stridesOf } from './strides.js';

/** Filters of the layer next to the waveform. */
const width = 64;

/** Kernels of 25; weights as in Keras. */
const wide = { kernel: 25, initializer: 'glorot' } as const;

/** Filters of the layers, from the waveform inwards: 64, 128, … */
const filtersOf = (count: number, widthMultiplier: number): number[] =>
  Array.from({ length: count }, (_, k) => scaled(width * 2 ** k, widthMultiplier));

/** Latent vector and label → a short line of many channels, and each layer makes it longer. */
export function waveGenerator({ latent, widthMultiplier, classes, shape }: TensorGeneratorArgs) {
  const [samples = 0, channels = 0] = shape;
  const strides = stridesOf(samples);
  const filters = filtersOf(strides.length, widthMultiplier);
  const largest = filters.at(-1) ?? scaled(width, widthMultiplier);
  const outputs = [channels, ...filters.slice(0, -1)];
  return sequential({ shape: [latent], classes }, [
    joinLabel(),
    dense([innerLength(samples, strides), largest], { initializer: 'glorot' }),
    relu,
    ...strides
      .map((stride, k) => [
        ...(k === 0 ? [] : [relu]),
        transposedConvolution1d(outputs[k] as number, { ...wide, stride }),
      ])
      .reverse()
      .flatMap((layers) => layers.reverse()),
    ...(strides.length === 0 ? [convolution1d(channels, wide)] : []),
    crop1d(samples),
    tanh,
  ]);
}

/** The mirror of the generator; behind each layer but the last all lines are shifted alike. */
export function waveCritic({ widthMultiplier, classes, outputs, shape }: TensorCriticArgs) {
  const [samples = 0, channels = 0] = shape;
  const strides = stridesOf(samples);
  const filters = filtersOf(strides.length, widthMultiplier);
  return sequential({ shape: [samples, channels], classes }, [
    ...strides.flatMap((stride, k) => [
      convolution1d(filters[k] as number, { ...wide, stride }),
      leakyRelu(),
      ...(k < strides.length - 1 ? [phaseShuffle(2)] : []),
    ]),
    outputs === 1 ? projectLabel : dense(outputs, { initializer: 'glorot' }),
  ]);
}

const adam = { kind: 'adam', learningRate: 1e-4, betas: [0.5, 0.9] } as const;

/**
 * WaveGAN (Donahue et al. 2019): transposed convolutions along time make waveforms. With labels,
 * which the paper has not, they are joined to the latent vector and projected by the critic. A
 * `widthMultiplier` of 0.25 trains about 16 times as fast.
 */
export const wavegan: SoundRecipe = {
  ...soundDefaults,
  representation: 'waveform',
  latentDistribution: 'uniform',
  epochs: 300,
  generator: waveGenerator,
  critic: waveCritic,
  loss: 'wasserstein',
  gradientPenalty: 10,
  criticSteps: 5,
  criticOptimizer: adam,
  generatorOptimizer: adam,
};
