import { util } from '@tensorflow/tfjs-core';
import { ComputeError } from '../../../errors.js';
import { sizeOf } from '../../tensor.js';
import { type Graph, int64s, scalar, type Value } from '../graph.js';
import { cast, elementwise } from './elementwise.js';
import type { KernelRecorder, KernelRecorders } from './kernel.js';
import { matMul } from './matmul.js';
import { reshape } from './shape.js';

const gather: KernelRecorder = (
  graph,
  { x, indices }: { x: Value; indices: Value },
  { axis, batchDims },
) => {
  if (batchDims > 0) {
    throw new ComputeError(
      `gather with batchDims cannot be recorded: x [${x.shape}], indices [${indices.shape}]. ` +
        'Make the indices count through all batches, and gather from the flattened x',
    );
  }
  const at = util.parseAxisParam(axis, [...x.shape])[0] as number;
  const shape = x.shape.toSpliced(at, 1, ...indices.shape);
  const whole = cast(graph, indices, 'int64');
  return graph.node('Gather', [x, whole], { shape, dtype: x.dtype }, { axis: { int: at } });
};

/** 1 where the index is the position along a new last axis of `depth`; a bool. */
function isAt(graph: Graph, indices: Value, depth: number): Value {
  const positions = graph.constant(
    Int32Array.from({ length: depth }, (_, k) => k),
    [depth],
    'int32',
  );
  const column = reshape(graph, cast(graph, indices, 'int32'), [...indices.shape, 1]);
  return elementwise(graph, 'Equal', [column, positions], 'bool');
}

const oneHot: KernelRecorder = (graph, { indices }, { depth, onValue, offValue, dtype }) => {
  const found = isAt(graph, indices, depth);
  if (onValue === 1 && offValue === 0) return cast(graph, found, dtype);
  const [on, off] = [scalar(graph, onValue, dtype), scalar(graph, offValue, dtype)];
  return elementwise(graph, 'Where', [found, on, off]);
};

/** A product with the 0/1 matrix of who belongs where: the same sums in the same order, always. */
const segmentSum: KernelRecorder = (
  graph,
  { x, segmentIds }: { x: Value; segmentIds: Value },
  { numSegments },
) => {
  const [rows = 1, ...rest] = x.shape;
  const belongs = cast(graph, isAt(graph, segmentIds, numSegments), 'float32');
  const columns = reshape(graph, cast(graph, x, 'float32'), [rows, sizeOf(rest)]);
  const sums = matMul(graph, belongs, columns, { transposeA: true });
  return cast(graph, reshape(graph, sums, [numSegments, ...rest]), x.dtype);
};

const argument =
  (operator: string): KernelRecorder =>
  (graph, { x }: { x: Value }, { axis }) => {
    const at = util.parseAxisParam(axis, [...x.shape])[0] as number;
    const shape = x.shape.toSpliced(at, 1);
    const place = graph.node(
      operator,
      [x],
      { shape, dtype: 'int64' },
      { axis: { int: at }, keepdims: { int: 0 } },
    );
    return cast(graph, place, 'int32');
  };

const cumsum: KernelRecorder = (graph, { x }, { axis, exclusive, reverse }) => {
  const at = util.parseAxisParam(axis, [...x.shape])[0] as number;
  return graph.node('CumSum', [x, reshape(graph, int64s(graph, [at]), [])], x, {
    exclusive: { int: Number(exclusive ?? false) },
    reverse: { int: Number(reverse ?? false) },
  });
};

const range: KernelRecorder = (graph, _inputs, { start, stop, step, dtype }) => {
  const by = stop < start && step === 1 ? -1 : step;
  const length = Math.max(0, Math.ceil((stop - start) / by));
  const values = Array.from({ length }, (_, k) => start + k * by);
  return dtype === 'int32'
    ? graph.constant(Int32Array.from(values), [length], 'int32')
    : graph.constant(Float32Array.from(values), [length], 'float32');
};

export const lookupKernels: KernelRecorders = {
  ArgMax: argument('ArgMax'),
  ArgMin: argument('ArgMin'),
  Cumsum: cumsum,
  GatherV2: gather,
  OneHot: oneHot,
  Range: range,
  UnsortedSegmentSum: segmentSum,
};
