import {
  backend_util,
  pad,
  reshape,
  slice,
  slice_util,
  type Tensor,
  transpose,
  util,
} from '@tensorflow/tfjs-core';
import { type Gradients, sumTo } from './gradient.js';

export const shapeGradients: Gradients = {
  BroadcastTo: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => sumTo(dy as Tensor, (x as Tensor).shape) }),
  },
  Concat: {
    saveAllInputs: true,
    gradFunc: (dy, parts, attributes) => {
      const axis = util.parseAxisParam(attributes.axis as number, (parts[0] as Tensor).shape)[0];
      let start = 0;
      const gradients = parts.map((part, k) => {
        const begin = part.shape.map((_, other) => (other === axis ? start : 0));
        start += part.shape[axis as number] as number;
        return [String(k), () => slice(dy as Tensor, begin, part.shape)] as const;
      });
      return Object.fromEntries(gradients);
    },
  },
  ExpandDims: {
    inputsToSave: ['input'],
    gradFunc: (dy, [input]) => ({ input: () => reshape(dy as Tensor, (input as Tensor).shape) }),
  },
  PadV2: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        const begin = (attributes.paddings as [number, number][]).map(([before]) => before);
        return slice(dy as Tensor, begin, (x as Tensor).shape);
      },
    }),
  },
  Reshape: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => reshape(dy as Tensor, (x as Tensor).shape) }),
  },
  Slice: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        const part = (dy as Tensor).shape;
        const { begin, size } = attributes as { begin: number[]; size: number[] };
        const [starts = []] = slice_util.parseSliceParams(x as Tensor, begin, size);
        const paddings = (x as Tensor).shape.map((whole, axis): [number, number] => {
          const before = starts[axis] ?? 0;
          return [before, whole - before - (part[axis] as number)];
        });
        return pad(dy as Tensor, paddings);
      },
    }),
  },
  Tile: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        // Copies of an axis become an axis of their own, over which the gradient is summed.
        const reps = attributes.reps as number[];
        const { shape } = x as Tensor;
        const split = shape.flatMap((dimension, axis) => [reps[axis] as number, dimension]);
        const copies = shape.flatMap((dimension) => [1, dimension]);
        return reshape(sumTo(reshape(dy as Tensor, split), copies), shape);
      },
    }),
  },
  Transpose: {
    gradFunc: (dy, _saved, attributes) => ({
      x: () =>
        transpose(dy as Tensor, backend_util.getUndoAxesPermutation(attributes.perm as number[])),
    }),
  },
};
