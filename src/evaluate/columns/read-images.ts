import type { Field, Vector } from 'apache-arrow';
import { describeType } from '../../data/schema/describe.js';
import { sampleRate } from '../../data/sounds/field.js';
import { isTensorField, tensorType } from '../../data/tensor/type.js';
import { imageLayout } from '../../encode/image/layout.js';
import { pictureReader } from '../../encode/pictures/picture-reader.js';
import type { PictureReader } from '../../encode/pictures/pictures.js';
import { DataError, SchemaError } from '../../errors.js';
import type { ImageColumn } from './column.js';

/** A column of a table, by the table's name. */
export interface NamedVector {
  readonly table: string;
  readonly field: Field;
  readonly vector: Vector;
}

/**
 * One column of several tables as images, in units of the first table's range; of sounds it is what
 * their spectra look like. The reason why not, if they cannot be compared.
 *
 * @throws SchemaError where they are of different types or shapes.
 */
export function readImageColumns(
  columns: readonly NamedVector[],
): ImageColumn[] | { readonly reason: string } {
  const [{ field }] = columns as [NamedVector];
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
  const readers = columns.map((column) => readerOf(column));
  const [first] = readers;
  if (!first || readers.includes(undefined)) {
    return { reason: 'holds numbers that are not finite' };
  }
  const { height, width, channels } = first.shape;
  const size = height * width * channels;
  return columns.map(({ vector }) => {
    const pictures = first.read(vector);
    const places = placesOf(pictures.rows, vector.length);
    return {
      name,
      shape: first.shape,
      fill(row, target, to) {
        const place = places ? (places[row] as number) : row;
        if (place < 0) target.fill(0, to, to + size);
        else pictures.fill(place, target, to);
      },
    };
  });
}

/** The reader that a column would be read by on its own; undefined if it holds what is no number. */
function readerOf({ field, vector }: NamedVector): PictureReader | undefined {
  try {
    return pictureReader(field, vector);
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

/** Type and shape of images as they lie in memory; type, shape and rate of sounds. */
function describeImages(field: Field): string {
  const layout = imageLayout(field);
  if (!layout) {
    const rate = sampleRate(field);
    const shape = isTensorField(field) ? ` of shape [${tensorType(field).shape}]` : '';
    return `${describeType(field.type)}${shape}${rate === undefined ? '' : ` at ${rate} Hz`}`;
  }
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
