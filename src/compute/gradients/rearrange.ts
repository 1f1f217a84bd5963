import {
  add,
  concat,
  pad,
  reshape,
  reverse,
  slice,
  stack,
  type Tensor,
  transpose,
  util,
} from '@tensorflow/tfjs-core';
import { transposed } from '../mixture.js';
import { stridedPositions } from '../strided.js';
import { mixAlong } from './along.js';
import type { Gradients } from './gradient.js';

/** Adds what was mirrored over the ends of an axis back to where it came from. */
function unmirror(dy: Tensor, axis: number, [before, after]: [number, number], inset: number) {
  const size = (dy.shape[axis] as number) - before - after;
  const part = (start: number, length: number) =>
    slice(
      dy,
      dy.shape.map((_, k) => (k === axis ? start : 0)),
      dy.shape.map((whole, k) => (k === axis ? length : whole)),
    );
  const put = (mirrored: Tensor, start: number, length: number) =>
    pad(
      reverse(mirrored, axis),
      dy.shape.map((_, k): [number, number] =>
        k === axis ? [start, size - start - length] : [0, 0],
      ),
    );
  let sum: Tensor = part(before, size);
  if (before > 0) sum = add(sum, put(part(0, before), inset, before));
  if (after > 0) sum = add(sum, put(part(before + size, after), size - inset - after, after));
  return sum;
}

/** tfjs gives the only one of several gradients by itself. */
function asArray(dy: Tensor | Tensor[]): Tensor[] {
  return Array.isArray(dy) ? dy : [dy];
}

export const rearrangeGradients: Gradients = {
  DepthToSpace: {
    gradFunc: (dy, _saved, attributes) => ({
      x: () => {
        const block = attributes.blockSize as number;
        const [batch = 1, height = 1, width = 1, channels = 1] = (dy as Tensor).shape;
        const [down, across] = [height / block, width / block];
        const blocks = reshape(dy as Tensor, [batch, down, block, across, block, channels]);
        const together = transpose(blocks, [0, 1, 3, 2, 4, 5]);
        return reshape(together, [batch, down, across, block * block * channels]);
      },
    }),
  },
  MirrorPad: {
    gradFunc: (dy, _saved, attributes) => ({
      x: () => {
        const inset = attributes.mode === 'reflect' ? 1 : 0;
        return (attributes.paddings as [number, number][]).reduce(
          (rest, amounts, axis) =>
            amounts[0] + amounts[1] > 0 ? unmirror(rest, axis, amounts, inset) : rest,
          dy as Tensor,
        );
      },
    }),
  },
  Pack: {
    saveAllInputs: true,
    gradFunc: (dy, parts, attributes) => {
      const [axis = 0] = util.parseAxisParam(attributes.axis as number, (dy as Tensor).shape);
      const gradients = parts.map((part, k) => {
        const begin = (dy as Tensor).shape.map((_, other) => (other === axis ? k : 0));
        const size = (dy as Tensor).shape.map((whole, other) => (other === axis ? 1 : whole));
        return [String(k), () => reshape(slice(dy as Tensor, begin, size), part.shape)] as const;
      });
      return Object.fromEntries(gradients);
    },
  },
  Reverse: {
    gradFunc: (dy, _saved, attributes) => ({
      x: () => reverse(dy as Tensor, attributes.dims as number[]),
    }),
  },
  SplitV: {
    gradFunc: (dy, _saved, attributes) => ({
      x: () => concat(asArray(dy), attributes.axis as number),
    }),
  },
  StridedSlice: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        const { shape } = x as Tensor;
        const { positions } = stridedPositions(shape, attributes as never);
        const apart = reshape(
          dy as Tensor,
          positions.map(({ length }) => length),
        );
        return positions.reduce((rest, taken, axis) => {
          const size = shape[axis] as number;
          const whole = taken.length === size && taken[0] === 0;
          const mixture = taken.map((from) => [{ from, weight: 1 }]);
          return whole ? rest : mixAlong(rest, axis, transposed(mixture, size));
        }, apart);
      },
    }),
  },
  Unpack: {
    gradFunc: (dy, _saved, attributes) => ({
      value: () => stack(asArray(dy), attributes.axis as number),
    }),
  },
};
