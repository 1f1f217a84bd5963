import type { TensorSpecs } from '../../../compute/tensor.js';
import type { RowShape } from './shape.js';

/** What the generator gives. */
export function samplingOutputs(shape: RowShape, rows: number): TensorSpecs {
  return { rows: { shape: [rows, shape.width], dtype: 'float32' } };
}
