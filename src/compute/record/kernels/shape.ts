import { slice_util, util } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../tensor.js';
import {
  broadcast,
  type Graph,
  int64s,
  sameShape,
  scalar,
  uniformOf,
  type Value,
} from '../graph.js';
import type { KernelRecorder, KernelRecorders } from './kernel.js';

/** When every element is the same known number, only the shape changes. */
function uniformAs(graph: Graph, x: Value, shape: readonly number[]): Value | undefined {
  const uniform = uniformOf(x);
  return uniform === undefined ? undefined : broadcast(scalar(graph, uniform, x.dtype), shape);
}

export function reshape(graph: Graph, x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x;
  return (
    uniformAs(graph, x, shape) ??
    graph.node('Reshape', [x, int64s(graph, shape)], { shape, dtype: x.dtype })
  );
}

export function transpose(graph: Graph, x: Value, perm: readonly number[]): Value {
  const shape = perm.map((axis) => x.shape[axis] as number);
  return (
    uniformAs(graph, x, shape) ??
    graph.node('Transpose', [x], { shape, dtype: x.dtype }, { perm: { ints: perm } })
  );
}

export function slice(
  graph: Graph,
  x: Value,
  begin: readonly number[],
  shape: readonly number[],
): Value {
  if (sameShape(x.shape, shape)) return x;
  const axes = shape.map((_, axis) => axis).filter((axis) => shape[axis] !== x.shape[axis]);
  const starts = axes.map((axis) => begin[axis] as number);
  const ends = axes.map((axis) => (begin[axis] as number) + (shape[axis] as number));
  return (
    uniformAs(graph, x, shape) ??
    graph.node('Slice', [x, int64s(graph, starts), int64s(graph, ends), int64s(graph, axes)], {
      shape,
      dtype: x.dtype,
    })
  );
}

const sliceKernel: KernelRecorder = (graph, { x }, { begin, size }) => {
  const [starts = [], shape = []] = slice_util.parseSliceParams(x, begin, size);
  return slice(graph, x, starts, shape);
};

/** Values one after the other along an axis. */
export function concat(graph: Graph, parts: readonly Value[], axis: number): Value {
  const [first] = parts as [Value];
  if (parts.length === 1) return first;
  const at = util.parseAxisParam(axis, [...first.shape])[0] as number;
  const shape = first.shape.map((dimension, other) =>
    other === at ? parts.reduce((sum, part) => sum + (part.shape[at] as number), 0) : dimension,
  );
  return graph.node('Concat', parts, { shape, dtype: first.dtype }, { axis: { int: at } });
}

const concatKernel: KernelRecorder = (graph, inputs, { axis }) => {
  const all = Object.values(inputs) as Value[];
  const parts = all.filter((part) => sizeOf(part.shape) > 0);
  return concat(graph, parts.length > 0 ? parts : all.slice(0, 1), axis);
};

const pack: KernelRecorder = (graph, inputs, { axis }) => {
  const all = Object.values(inputs) as Value[];
  return concat(
    graph,
    all.map((part) => expandDims(graph, part, axis)),
    axis,
  );
};

function expandDims(graph: Graph, x: Value, axis: number): Value {
  return reshape(graph, x, x.shape.toSpliced(axis < 0 ? axis + x.shape.length + 1 : axis, 0, 1));
}

const tile: KernelRecorder = (graph, { x }, { reps }) => {
  const shape = x.shape.map((dimension: number, axis: number) => dimension * reps[axis]);
  const repeats = x.shape.every((size: number, axis: number) => size === 1 || reps[axis] === 1);
  if (repeats) return broadcast(x, shape);
  return graph.node('Tile', [x, int64s(graph, reps)], { shape, dtype: x.dtype });
};

/** x with `value` around it: before and after it along each axis. */
export function pad(
  graph: Graph,
  x: Value,
  paddings: readonly (readonly [number, number])[],
  value = 0,
): Value {
  const shape = x.shape.map((size, axis) => {
    const [before, after] = paddings[axis] as readonly [number, number];
    return before + size + after;
  });
  if (sameShape(x.shape, shape)) return x;
  const amounts = [0, 1].flatMap((side) => paddings.map((pair) => pair[side] as number));
  return graph.node('Pad', [x, int64s(graph, amounts), scalar(graph, value, x.dtype)], {
    shape,
    dtype: x.dtype,
  });
}

const filled: KernelRecorder = (graph, _inputs, { shape, value, dtype }) =>
  broadcast(scalar(graph, value, dtype), shape);

const filledLike =
  (value: number): KernelRecorder =>
  (graph, { x }) =>
    broadcast(scalar(graph, value, x.dtype), x.shape);

export const shapeKernels: KernelRecorders = {
  BroadcastTo: (_graph, { x }, { shape }) => broadcast(x, shape),
  Concat: concatKernel,
  ExpandDims: (graph, { input }, { dim }) => expandDims(graph, input, dim),
  Fill: filled,
  OnesLike: filledLike(1),
  Pack: pack,
  PadV2: (graph, { x }, { paddings, constantValue }) => pad(graph, x, paddings, constantValue),
  Reshape: (graph, { x }, { shape }) =>
    reshape(graph, x, util.inferFromImplicitShape(shape, sizeOf(x.shape))),
  Slice: sliceKernel,
  Tile: tile,
  Transpose: (graph, { x }, { perm }) => transpose(graph, x, perm),
  ZerosLike: filledLike(0),
};
