import {
  broadcastTo,
  cast,
  div,
  equal,
  mul,
  reshape,
  softmax,
  sub,
  sum,
  type Tensor,
  util,
} from '@tensorflow/tfjs-core';
import { sizeOf } from '../tensor.js';
import { type Gradients, keptShape } from './gradient.js';

/** The reduced axes; kernels name them differently. */
function axesOf(attributes: Record<string, unknown>, shape: number[]): number[] {
  return util.parseAxisParam((attributes.axis ?? attributes.reductionIndices) as number[], shape);
}

/** Each element of a reduction's result, spread over the elements that it came from. */
function spread(dy: Tensor, x: Tensor, axes: number[]): Tensor {
  return broadcastTo(reshape(dy, keptShape(x.shape, axes)), x.shape);
}

/** Where the element is the extreme one of its group; equal ones share the gradient. */
const ofExtreme: Gradients[string] = {
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dy, [x, y], attributes) => ({
    x: () => {
      const input = x as Tensor;
      const axes = axesOf(attributes, input.shape);
      const chosen = cast(
        equal(input, reshape(y as Tensor, keptShape(input.shape, axes))),
        'float32',
      );
      const share = div(chosen, sum(chosen, axes, true));
      return mul(share, spread(dy as Tensor, input, axes));
    },
  }),
};

export const reduceGradients: Gradients = {
  Max: ofExtreme,
  Min: ofExtreme,
  Mean: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        const input = x as Tensor;
        const axes = axesOf(attributes, input.shape);
        const count = sizeOf(axes.map((axis) => input.shape[axis] as number));
        return spread(div(dy as Tensor, count), input, axes);
      },
    }),
  },
  Sum: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => spread(dy as Tensor, x as Tensor, axesOf(attributes, (x as Tensor).shape)),
    }),
  },
  Softmax: {
    inputsToSave: ['logits'],
    gradFunc: (dy, [x], attributes) => ({
      logits: () => {
        const axis = attributes.dim as number;
        const y = softmax(x as Tensor, axis);
        const weighted = mul<Tensor>(dy as Tensor, y);
        return sub(weighted, mul(sum(weighted, axis, true), y));
      },
    }),
  },
};
