import {
  cast,
  cumsum,
  gather,
  greaterEqual,
  maximum,
  mul,
  reshape,
  scalar,
  type Tensor,
  type Tensor1D,
  transpose,
  unsortedSegmentSum,
  util,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { sizeOf } from '../tensor.js';
import type { Gradients } from './gradient.js';

const flat = (x: Tensor) => zerosLike(cast(x, 'float32'));

export const lookupGradients: Gradients = {
  Cumsum: {
    gradFunc: (dy, _saved, attributes) => ({
      x: () =>
        cumsum(
          dy as Tensor,
          attributes.axis as number,
          attributes.exclusive as boolean,
          !attributes.reverse,
        ),
    }),
  },
  GatherV2: {
    inputsToSave: ['x', 'indices'],
    gradFunc: (dy, saved, attributes) => {
      const [x, indices] = saved as [Tensor, Tensor];
      return {
        x: () => {
          const [axis = 0] = util.parseAxisParam(attributes.axis as number, x.shape);
          const before = x.shape.slice(0, axis);
          const after = x.shape.slice(axis + 1);
          // [before, gathered, after] → [gathered, before, after], whose rows are summed.
          const slopes = reshape(dy as Tensor, [sizeOf(before), indices.size, sizeOf(after)]);
          const sums = unsortedSegmentSum(
            transpose(slopes, [1, 0, 2]),
            reshape(indices, [-1]) as Tensor1D,
            x.shape[axis] as number,
          );
          return reshape(transpose(sums, [1, 0, 2]), x.shape);
        },
        indices: () => flat(indices),
      };
    },
  },
  OneHot: {
    inputsToSave: ['indices'],
    gradFunc: (_dy, [indices]) => ({ indices: () => flat(indices as Tensor) }),
  },
  UnsortedSegmentSum: {
    inputsToSave: ['segmentIds'],
    gradFunc: (dy, [ids]) => ({
      x: () => {
        // What belongs to no segment, by a negative number, has no slope.
        const segments = ids as Tensor1D;
        const rows = gather(dy as Tensor, maximum(segments, scalar(0, 'int32')) as Tensor1D);
        const some = cast(greaterEqual(segments, scalar(0, 'int32')), 'float32');
        return mul(rows, reshape(some, [-1, ...rows.shape.slice(1).map(() => 1)]));
      },
      segmentIds: () => flat(ids as Tensor),
    }),
  },
};
