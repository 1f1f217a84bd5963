import { sizeOf } from '../../../compute/tensor.js';
import type { TensorColumn } from '../../../data/tensor/read.js';

/** Numbers [rows, ...shape] as tensors of a column. */
export function tensorsOf(values: Float32Array, shape: readonly number[]): TensorColumn {
  const size = sizeOf(shape);
  const at = (row: number) => values.subarray(row * size, (row + 1) * size);
  const rows = values.length / size;
  return { element: 'float32', shape, rows, values, isNull: () => false, at, logicalAt: at };
}
