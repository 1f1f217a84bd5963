import type { Vector } from 'apache-arrow';
import type { ImageShape } from '../image/layout.js';
import type { TensorRows } from '../tensor/encoder.js';

/** The rows of a tensor column as pictures that can be compared, pixel by pixel. */
export interface PictureReader {
  readonly shape: ImageShape;
  /** Pictures [height, width, channels] of numbers in about [−1, 1], of the rows that are not null. */
  read(vector: Vector): TensorRows;
}
