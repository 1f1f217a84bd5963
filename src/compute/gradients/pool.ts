import { engine, mul, ones, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { countsOfWindows, type PoolAttributes, poolWindowsOf } from '../windows.js';
import { depthwiseByInput } from './convolution.js';
import type { Gradients } from './gradient.js';

export const poolGradients: Gradients = {
  AvgPool: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        // The gradient in tfjs divides by the size of the window even where a part of it is
        // padding. A sum over windows is a convolution by ones.
        const input = x as Tensor;
        const pool = attributes as unknown as PoolAttributes;
        const windows = poolWindowsOf(input.shape, pool);
        const shares = countsOfWindows(windows).map((count) => 1 / count);
        const { vertical, horizontal } = windows;
        const shape = [1, vertical.windows, horizontal.windows, 1];
        const weights = ones([vertical.taps, horizontal.taps, input.shape[3] as number, 1]);
        return depthwiseByInput(
          mul(dy as Tensor, tensor(shares, shape)),
          weights,
          input.shape,
          pool,
        );
      },
    }),
  },
  MaxPool: {
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, [x, y], attributes) => ({
      x: () =>
        engine().runKernel(
          'MaxPoolGrad',
          { dy: dy as Tensor, input: x as Tensor, output: y as Tensor },
          attributes,
        ),
    }),
  },
};
