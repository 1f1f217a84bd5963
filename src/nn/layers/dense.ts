import { add, matMul, reshape, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, sizeOf, type Tensors } from '../../compute/tensor.js';
import { InvalidOptionError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { oneOf } from '../../options/values.js';
import type { Random } from '../../random.js';
import { initializeWeights } from '../initializers.js';
import type { Layer } from '../layer.js';
import { createSpectralNorm, normaliseSpectrally } from './spectral-norm.js';
import { checkUnits, type WeightOptions, weightOptions } from './weight-options.js';

/**
 * Creates the weight of a linear layer: `NAME/weight` [inputs, outputs], uniform in ±1/√inputs, as
 * PyTorch's `Linear` starts (Kaiming-uniform, He et al. 2015, with a = √5).
 */
export function createLinear(
  name: string,
  inputs: number,
  outputs: number,
  random: Random,
): HostTensors {
  const weight = initializeWeights(
    [inputs, outputs],
    inputs,
    'uniform',
    random.fork(name, 'weight'),
  );
  return { [`${name}/weight`]: weight };
}

/** Creates the weights of a dense layer: a linear layer's, and `NAME/bias` [outputs]. */
export function createDense(
  name: string,
  inputs: number,
  outputs: number,
  random: Random,
): HostTensors {
  return {
    ...createLinear(name, inputs, outputs, random),
    ...createBias(name, inputs, outputs, random),
  };
}

/** Creates the bias of a dense layer, uniform like its weight. */
export function createBias(
  name: string,
  inputs: number,
  outputs: number,
  random: Random,
): HostTensors {
  const bias = initializeWeights([outputs], inputs, 'uniform', random.fork(name, 'bias'));
  return { [`${name}/bias`]: bias };
}

/** Applies a linear layer: x [rows, inputs] → [rows, outputs], without a bias. */
export function applyLinear(state: Tensors, name: string, x: Tensor2D): Tensor2D {
  return matMul(x, state[`${name}/weight`] as Tensor2D);
}

/** Applies a dense layer: x [rows, inputs] → [rows, outputs]. */
export function applyDense(state: Tensors, name: string, x: Tensor2D): Tensor2D {
  return add(applyLinear(state, name, x), state[`${name}/bias`] as Tensor2D);
}

/** How a dense layer is made. */
export interface DenseOptions extends WeightOptions {
  /** How the bias starts: at 0, or uniform in ±1/√inputs as PyTorch's. Default 'zeros'. */
  readonly biasInitializer?: 'zeros' | 'uniform' | undefined;
}

const denseOptions = object<DenseOptions>({
  ...weightOptions,
  biasInitializer: oneOf(['zeros', 'uniform']),
});

/**
 * A dense layer: all numbers of a row → `outputs`.
 *
 * ```ts
 * dense(128) // [rows, …] → [rows, 128]
 * dense([7, 7, 64], { initializer: normal(0.02), bias: false }) // [rows, …] → [rows, 7, 7, 64]
 * ```
 *
 * @param outputs A number of units, or the shape that they are put in.
 * @throws InvalidOptionError for sizes below 1 and for options that it does not have.
 */
export function dense(outputs: number | readonly number[], options: DenseOptions = {}): Layer {
  const shape = Array.isArray(outputs) ? (outputs as readonly number[]) : [outputs as number];
  shape.forEach((size) => {
    checkUnits(size, 'dense: outputs');
  });
  checkOptions(denseOptions, options, 'dense');
  const { initializer = 'uniform', bias = true, spectralNorm = false } = options;
  const { biasInitializer = 'zeros' } = options;
  if (!bias && options.biasInitializer !== undefined) {
    throw new InvalidOptionError('dense: biasInitializer needs a bias. Leave one of them out');
  }
  const units = sizeOf(shape);
  return (input) => {
    const inputs = sizeOf(input.shape);
    return {
      shape,
      create: (name, random) => ({
        [`${name}/weight`]: initializeWeights(
          [inputs, units],
          inputs,
          initializer,
          random.fork(name, 'weight'),
        ),
        ...(bias && biasInitializer === 'zeros' ? { [`${name}/bias`]: hostTensor([units]) } : {}),
        ...(bias && biasInitializer === 'uniform' ? createBias(name, inputs, units, random) : {}),
        ...(spectralNorm ? createSpectralNorm(name, units, random) : {}),
      }),
      apply(state, name, x, { training }) {
        const rows = x.shape[0] as number;
        const { weight, updates } = spectralNorm
          ? normaliseSpectrally(state, name, training)
          : { weight: state[`${name}/weight`] as Tensor, updates: {} };
        const product = matMul(reshape(x, [rows, inputs]), weight as Tensor2D);
        const sum = bias ? add(product, state[`${name}/bias`] as Tensor) : product;
        return { y: reshape(sum, [rows, ...shape]), updates };
      },
    };
  };
}
