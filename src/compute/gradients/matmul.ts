import { matMul, type Tensor } from '@tensorflow/tfjs-core';
import { type Gradients, sumTo } from './gradient.js';

export const matmulGradients: Gradients = {
  BatchMatMul: {
    inputsToSave: ['a', 'b'],
    gradFunc: (slope, saved, attributes) => {
      const dy = slope as Tensor;
      const [a, b] = saved as [Tensor, Tensor];
      const { transposeA, transposeB } = attributes as Record<string, boolean>;
      const byA = () =>
        transposeA ? matMul(b, dy, transposeB, true) : matMul(dy, b, false, !transposeB);
      const byB = () =>
        transposeB ? matMul(dy, a, true, transposeA) : matMul(a, dy, !transposeA, false);
      return { a: () => sumTo(byA(), a.shape), b: () => sumTo(byB(), b.shape) };
    },
  },
};
