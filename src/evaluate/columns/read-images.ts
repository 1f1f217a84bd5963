import type { Field, Vector } from 'apache-arrow';
import { fitImage } from '../../encode/image/image.js';
import { imageLayout } from '../../encode/image/layout.js';
import { DataError, SchemaError } from '../../errors.js';
import type { ImageColumn } from './column.js';

/** Whether a column's type is one of images. */
export function holdsImages(field: Field): boolean {
  return imageLayout(field) !== undefined;
}

/**
 * One column of several tables as images, in units of the first table's range of pixels; the reason
 * why not, if they cannot be compared.
 *
 * @throws SchemaError where they are of different types.
 */
export function readImageColumns(
  field: Field,
  vectors: readonly Vector[],
  tables: readonly string[],
): ImageColumn[] | { readonly reason: string } {
  const { name, type } = field;
  for (const [k, vector] of vectors.entries()) {
    if (String(vector.type) === String(type)) continue;
    throw new SchemaError(
      `column '${name}' of ${tables[k]} is of a type that cannot be compared with ${type}: ` +
        `${vector.type}. Convert it, or leave the column out`,
    );
  }
  const encoder = fitOrNothing(field, vectors[0] as Vector);
  if (!encoder) return { reason: 'holds nulls alone, or numbers that are not finite' };
  return vectors.map((vector) => {
    const images = encoder.read(vector);
    const places = placesOf(images.rows, vector.length);
    const { height, width, channels } = encoder.shape;
    const size = height * width * channels;
    return {
      name,
      shape: encoder.shape,
      fill(row, target, to) {
        const place = places ? (places[row] as number) : row;
        if (place < 0) target.fill(0, to, to + size);
        else encoder.fill(images, place, target, to);
      },
    };
  });
}

function fitOrNothing(field: Field, vector: Vector) {
  try {
    return fitImage(field, vector);
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

/** Where each row's image is, below 0 if it has none; undefined if each has one. */
function placesOf(rows: Int32Array, length: number): Int32Array | undefined {
  if (rows.length === length) return undefined;
  const places = new Int32Array(length).fill(-1);
  rows.forEach((row, place) => {
    places[row] = place;
  });
  return places;
}
