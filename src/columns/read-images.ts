import type { Field, Vector } from 'apache-arrow';
import { describeType } from '../data/schema/describe.js';
import { sampleRate } from '../data/sounds/field.js';
import { imageLayout } from '../encode/image/layout.js';
import { pictureReader } from '../encode/pictures/picture-reader.js';
import type { PictureReader } from '../encode/pictures/pictures.js';
import { soundLayout } from '../encode/sound/layout.js';
import { DataError, SchemaError } from '../errors.js';
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

/** Numbers and shape of images as they lie in memory; of sounds numbers, length and rate. */
function describeImages(field: Field): string {
  const layout = imageLayout(field);
  if (!layout) return describeSounds(field);
  const { height, width, channels, type, order } = layout;
  const lies = order ? `, in the order of ${order}` : '';
  return `${type.element} images of ${height} × ${width} × ${channels}${lies}`;
}

function describeSounds(field: Field): string {
  const layout = soundLayout(field);
  const rate = sampleRate(field);
  if (!layout || rate === undefined) return describeType(field.type);
  const length =
    layout.kind === 'list' ? 'any length' : `${layout.samples} × ${layout.channels} samples`;
  return `${layout.element} sounds of ${length} at ${rate} Hz`;
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
