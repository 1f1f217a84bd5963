import type { Field, Vector } from 'apache-arrow';
import { fitImage } from '../../encode/image/image.js';
import { type ImageLayout, imageLayout } from '../../encode/image/layout.js';
import { rangeOf, readImages } from '../../encode/image/pixels.js';
import { SchemaError } from '../../errors.js';
import type { ImageColumn } from './column.js';

/** Whether a column's type is one of images. */
export function holdsImages(field: Field): boolean {
  return imageLayout(field) !== undefined;
}

/** A column of a table, by the table's name. */
export interface NamedVector {
  readonly table: string;
  readonly field: Field;
  readonly vector: Vector;
}

/**
 * One column of several tables as images, in units of the first table's range of pixels; the reason
 * why not, if they cannot be compared.
 *
 * @throws SchemaError where they are of different types or shapes.
 */
export function readImageColumns(
  columns: readonly NamedVector[],
): ImageColumn[] | { readonly reason: string } {
  const [{ field, vector: first }] = columns as [NamedVector];
  const { name } = field;
  for (const { table, field: own } of columns) {
    if (describeImages(own) === describeImages(field)) continue;
    throw new SchemaError(
      `column '${name}' of ${table} is of a type that cannot be compared with ` +
        `${describeImages(field)}: ${describeImages(own)}. Convert it, or leave the column out`,
    );
  }
  const empty = columns.find(({ vector }) => vector.nullCount === vector.length);
  if (empty) return { reason: `holds no image in ${empty.table}` };
  const layout = imageLayout(field) as ImageLayout;
  const read = columns.map(({ vector }) => readImages(layout, vector));
  if (!read.every(({ values }) => rangeOf(values))) {
    return { reason: 'holds numbers that are not finite' };
  }
  const encoder = fitImage(field, first);
  return read.map((images, k) => {
    const { vector } = columns[k] as NamedVector;
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

/** Type, and height, width and channels as they lie in memory. */
function describeImages(field: Field): string {
  const layout = imageLayout(field);
  if (!layout) return String(field.type);
  const { height, width, channels, type, order } = layout;
  const lies = order ? `, in the order of ${order}` : '';
  return `${type.element} images of ${height} × ${width} × ${channels}${lies}`;
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
