import { backend_util, util } from '@tensorflow/tfjs-core';
import { stridedPositions } from '../../strided.js';
import { list } from '../../windows.js';
import { type Graph, int64s, type Value } from '../graph.js';
import type { KernelRecorder, KernelRecorders } from './kernel.js';
import { reshape, slice, transpose } from './shape.js';

/** The elements at the given positions of an axis. */
export function take(graph: Graph, x: Value, positions: readonly number[], axis: number): Value {
  const shape = x.shape.map((size, k) => (k === axis ? positions.length : size));
  if (positions.length === x.shape[axis] && positions.every((position, k) => position === k)) {
    return x;
  }
  return graph.node(
    'Gather',
    [x, int64s(graph, positions)],
    { shape, dtype: x.dtype },
    { axis: { int: axis } },
  );
}

const reverse: KernelRecorder = (graph, { x }: { x: Value }, { dims }) =>
  util.parseAxisParam(dims, [...x.shape]).reduce((turned, axis) => {
    const size = x.shape[axis] as number;
    return take(
      graph,
      turned,
      list(size, (k) => size - 1 - k),
      axis,
    );
  }, x);

/** Positions of a mirrored axis: 2 1 | 0 1 2 for `reflect`, 1 0 | 0 1 2 for `symmetric`. */
const mirrorPad: KernelRecorder = (graph, { x }: { x: Value }, { paddings, mode }) => {
  const inset = mode === 'reflect' ? 1 : 0;
  return (paddings as [number, number][]).reduce((padded, [before, after], axis) => {
    const size = x.shape[axis] as number;
    const positions = list(before + size + after, (k) => {
      const position = k - before;
      if (position < 0) return -position - 1 + inset;
      return position < size ? position : 2 * size - 1 - position - inset;
    });
    return take(graph, padded, positions, axis);
  }, x);
};

const stridedSlice: KernelRecorder = (graph, { x }: { x: Value }, attributes) => {
  const { positions, shape } = stridedPositions(x.shape, attributes);
  const part = positions.reduce((rest, taken, axis) => take(graph, rest, taken, axis), x);
  return reshape(graph, part, shape);
};

/** Parts of the given sizes, one after the other along an axis. */
function split(graph: Graph, x: Value, sizes: readonly number[], axis: number): Value[] {
  let start = 0;
  return sizes.map((size) => {
    const begin = x.shape.map((_, k) => (k === axis ? start : 0));
    start += size;
    return slice(
      graph,
      x,
      begin,
      x.shape.map((whole, k) => (k === axis ? size : whole)),
    );
  });
}

const splitV: KernelRecorder = (graph, { x }: { x: Value }, { numOrSizeSplits, axis }) => {
  const at = util.parseAxisParam(axis, [...x.shape])[0] as number;
  const sizes = backend_util.prepareSplitSize(x as never, numOrSizeSplits, at);
  return split(graph, x, sizes, at);
};

const unpack: KernelRecorder = (graph, { value: x }: { value: Value }, { axis }) => {
  const at = util.parseAxisParam(axis, [...x.shape])[0] as number;
  const ones = list(x.shape[at] as number, () => 1);
  return split(graph, x, ones, at).map((part) => reshape(graph, part, x.shape.toSpliced(at, 1)));
};

/** Channels of a pixel become a block of pixels. */
const depthToSpace: KernelRecorder = (graph, { x }: { x: Value }, { blockSize: block }) => {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  const left = channels / block ** 2;
  const blocks = reshape(graph, x, [batch, height, width, block, block, left]);
  const apart = transpose(graph, blocks, [0, 1, 3, 2, 4, 5]);
  return reshape(graph, apart, [batch, height * block, width * block, left]);
};

export const rearrangeKernels: KernelRecorders = {
  DepthToSpace: depthToSpace,
  MirrorPad: mirrorPad,
  Reverse: reverse,
  SplitV: splitV,
  StridedSlice: stridedSlice,
  Unpack: unpack,
};
