import type { Data, Vector } from 'apache-arrow';
import type { ColumnEncoder } from '../encoder.js';

/** The tensors of a column, without null ones. */
export interface TensorRows {
  /** The row of the column that each tensor is of. */
  readonly rows: Int32Array;
  /** Tensor `index` of them as networks see it, numbers in [−1, 1], into `target` from place `to`. */
  fill(index: number, target: Float32Array, to: number): void;
}

/**
 * A column of tensors, and back. It has no spans: a tensor is no part of a row of numbers, but an
 * array of its own for networks that are made for its shape.
 */
export interface TensorEncoder extends ColumnEncoder {
  readonly kind: 'image' | 'label-map' | 'sound' | 'text' | 'video';
  /** Shape of one tensor as networks see it, channels last. */
  readonly shape: readonly number[];
  /** @throws DataError for numbers that are not finite. */
  read(vector: Vector): TensorRows;
  /** Tensors [rows, ...shape] of numbers in [−1, 1] → a column of the column's type. */
  write(values: Float32Array): Data;
}

/** Whether an encoder is one of tensors. */
export function isTensorEncoder(encoder: ColumnEncoder): encoder is TensorEncoder {
  return 'shape' in encoder;
}
