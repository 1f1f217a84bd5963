import { backend_util } from '@tensorflow/tfjs-core';
import { broadcast, type Graph, scalar, uniformOf, type Value } from '../graph.js';
import type { KernelRecorders } from './kernel.js';
import { reshape, transpose } from './shape.js';

/** A product of matrices, or of equally many matrices in a leading batch of dimensions. */
export function matMul(
  graph: Graph,
  a: Value,
  b: Value,
  { transposeA = false, transposeB = false } = {},
): Value {
  const [rows, inner] = lastTwo(a, transposeA);
  const [, columns] = lastTwo(b, transposeB);
  const batch = backend_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const shape = [...batch, rows, columns];
  if (uniformOf(a) === 0 || uniformOf(b) === 0) return broadcast(scalar(graph, 0), shape);

  if (batch.every((dimension) => dimension === 1)) {
    // Gemm transposes inside the product, for nothing.
    const product = graph.node(
      'Gemm',
      [
        reshape(graph, a, transposeA ? [inner, rows] : [rows, inner]),
        reshape(graph, b, transposeB ? [columns, inner] : [inner, columns]),
      ],
      { shape: [rows, columns], dtype: 'float32' },
      { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) } },
    );
    return reshape(graph, product, shape);
  }
  return graph.node(
    'MatMul',
    [transposeA ? transposeMatrices(graph, a) : a, transposeB ? transposeMatrices(graph, b) : b],
    { shape, dtype: 'float32' },
  );
}

function lastTwo(value: Value, transposed: boolean): [number, number] {
  const [rows, columns] = value.shape.slice(-2) as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
}

function transposeMatrices(graph: Graph, value: Value): Value {
  const rank = value.shape.length;
  const axes = value.shape.map((_, axis) => axis);
  return transpose(graph, value, [...axes.slice(0, -2), rank - 1, rank - 2]);
}

export const matmulKernels: KernelRecorders = {
  BatchMatMul: (graph, { a, b }, attributes) => matMul(graph, a, b, attributes),
};
