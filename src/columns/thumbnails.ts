import { thumbnailsOf } from '../encode/image/thumbnail.js';
import type { NumericColumn, Rows } from './column.js';

/** The same rows with a thumbnail's pixels as columns of numbers in the place of each image. */
export function withThumbnails({ length, columns, images }: Rows): Rows {
  if (!images) return { length, columns };
  const { size, write } = thumbnailsOf(images.shape);
  const { height, width, channels } = images.shape;
  const pixels = new Float32Array(height * width * channels);
  const thumbnail = new Float64Array(size);
  const added = Array.from(
    { length: size },
    (_, k): NumericColumn => ({
      kind: 'numeric',
      name: `${images.name} ${k}`,
      values: new Float64Array(length),
      temporal: false,
    }),
  );
  for (let row = 0; row < length; row++) {
    images.fill(row, pixels, 0);
    write(pixels, 0, thumbnail, 0);
    for (const [k, { values }] of added.entries()) values[row] = thumbnail[k] as number;
  }
  return { length, columns: [...columns, ...added] };
}
