import { add, div, matMul, relu, sqrt, square, sum, type Tensor2D } from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../../../compute/tensor.js';
import { initializeWeights, normal } from '../../../../nn/initializers.js';
import type { Random } from '../../../../random.js';

/** Numbers that a place is described by. */
const size = 256;

/** Weights of a small network for each depth: two dense layers (Park et al. 2020). */
export function createProjections(features: readonly number[], random: Random): HostTensors {
  const weights: HostTensors = {};
  for (const [depth, inputs] of features.entries()) {
    for (const [layer, width] of [inputs, size].entries()) {
      const name = `${depth}/${layer}`;
      weights[`${name}/weight`] = initializeWeights(
        [width, size],
        width,
        normal(0.02),
        random.fork(name),
      );
      weights[`${name}/bias`] = hostTensor([size]);
    }
  }
  return weights;
}

/** Features of places [places, features] of one depth → unit vectors [places, 256]. */
export function project(weights: Tensors, depth: number, features: Tensor2D): Tensor2D {
  const dense = (x: Tensor2D, layer: number): Tensor2D => {
    const name = `${depth}/${layer}`;
    return add(
      matMul(x, weights[`${name}/weight`] as Tensor2D),
      weights[`${name}/bias`] as Tensor2D,
    );
  };
  const made = dense(relu(dense(features, 0)), 1);
  return div(made, sqrt(add(sum(square(made), 1, true), 1e-7)));
}
