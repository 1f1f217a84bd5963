import { imageGrid } from '../../../data/images/grid.js';
import type { Image } from '../../../data/images/image.js';
import type { TensorEncoder } from '../../../encode/tensor/encoder.js';
import { imageShapeOf } from './columns.js';
import { showImage } from './show.js';

/** One column of a picture: images of an encoder, [rows, ...shape]. */
export interface Shown {
  readonly values: Float32Array;
  readonly encoder: Pick<TensorEncoder, 'kind' | 'shape'>;
}

/** Rows that a picture has, at most. */
export const shownRows = 8;

/** Draws images beside each other, a row for each, such as what went in, what was made, and the truth. */
export function drawTriplets(columns: readonly Shown[], rows: number): Image {
  const shape = imageShapeOf((columns[0] as Shown).encoder);
  const size = shape.height * shape.width * 3;
  const values = new Float32Array(rows * columns.length * size);
  for (let row = 0; row < rows; row++) {
    for (const [k, { values: own, encoder }] of columns.entries()) {
      const image = imageShapeOf(encoder);
      const from = row * image.height * image.width * image.channels;
      const shown = showImage(own, from, image, encoder.kind === 'label-map');
      values.set(shown, (row * columns.length + k) * size);
    }
  }
  const at = (index: number) => values.subarray(index * size, (index + 1) * size);
  const tensors = {
    element: 'float32' as const,
    shape: [shape.height, shape.width, 3],
    rows: rows * columns.length,
    values,
    isNull: () => false,
    at,
    logicalAt: at,
  };
  return imageGrid(tensors, { columns: columns.length, range: [-1, 1] });
}
