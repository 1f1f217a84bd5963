import { add, matMul, reshape, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { hostTensor, sizeOf } from '../../compute/tensor.js';
import { type Initializer, initializeWeights } from '../initializers.js';
import type { Layer } from '../layer.js';
import { createSpectralNorm, normaliseSpectrally } from './spectral-norm.js';

/** How a layer with weights is made. */
export interface WeightOptions {
  /** Default 'uniform'. */
  readonly initializer?: Initializer | undefined;
  /** Default true. A normalisation behind the layer takes the bias away again. */
  readonly bias?: boolean | undefined;
  /** Divides the weights by their largest singular value. Default false. */
  readonly spectralNorm?: boolean | undefined;
}

/** All numbers of a row → `outputs`: a number of units, or a shape that they are put in. */
export function dense(
  outputs: number | readonly number[],
  { initializer = 'uniform', bias = true, spectralNorm = false }: WeightOptions = {},
): Layer {
  const shape = typeof outputs === 'number' ? [outputs] : outputs;
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
        ...(bias ? { [`${name}/bias`]: hostTensor([units]) } : {}),
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
