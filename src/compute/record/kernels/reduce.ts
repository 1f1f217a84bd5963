import { backend_util, util } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../tensor.js';
import { broadcast, type Graph, int64s, scalar, uniformOf, type Value } from '../graph.js';
import { cast } from './elementwise.js';
import type { KernelRecorder, KernelRecorders } from './kernel.js';
import { reshape } from './shape.js';

/** A reduction over `axis`; `uniform` gives the result for equal elements. */
function reduce(
  graph: Graph,
  operator: string,
  x: Value,
  axis: number | number[],
  keepDims: boolean,
  uniform: (value: number, count: number) => number,
): Value {
  const axes = util.parseAxisParam(axis, [...x.shape]);
  const [reduced, dropped] = backend_util.computeOutAndReduceShapes([...x.shape], axes);
  const kept = backend_util.expandShapeToKeepDim(reduced, axes);
  const shape = keepDims ? kept : reduced;
  const value = uniformOf(x);
  if (value !== undefined && x.dtype === 'float32') {
    return broadcast(scalar(graph, Math.fround(uniform(value, sizeOf(dropped)))), shape);
  }
  if (sizeOf(dropped) === 1) return reshape(graph, x, shape);
  // One canonical node for both forms of a reduction, so that they are shared.
  const result = graph.node(
    operator,
    [x, int64s(graph, axes)],
    { shape: kept, dtype: x.dtype },
    { keepdims: { int: 1 } },
  );
  return reshape(graph, result, shape);
}

const reducer =
  (operator: string, uniform: (value: number, count: number) => number): KernelRecorder =>
  (graph, { x }, { axis, reductionIndices, keepDims }) =>
    reduce(graph, operator, x, axis ?? reductionIndices, keepDims ?? false, uniform);

/** Sums over axes, which are dropped. */
export function sum(graph: Graph, x: Value, axes: number[]): Value {
  return reduce(graph, 'ReduceSum', x, axes, false, (value, count) => value * count);
}

export const reduceKernels: KernelRecorders = {
  Max: reducer('ReduceMax', (value) => value),
  Mean: (graph, { x }, { axis, keepDims }) =>
    reduce(
      graph,
      'ReduceMean',
      cast(graph, x, 'float32'),
      axis,
      keepDims ?? false,
      (value) => value,
    ),
  Min: reducer('ReduceMin', (value) => value),
  Prod: reducer('ReduceProd', (value, count) => value ** count),
  Sum: reducer('ReduceSum', (value, count) => value * count),
  Softmax: (graph, { logits }, { dim }) =>
    graph.node('Softmax', [logits], logits, { axis: { int: dim } }),
};
