import { DataType, type Field, type RecordBatch, type Schema, type Vector } from 'apache-arrow';
import { sliceBatch } from '../../data/batches/interleave.js';
import { readNumbers } from '../../encode/cells/column-numbers.js';
import { readTexts } from '../../encode/cells/column-texts.js';
import { isTemporal, isTextable, isWhole } from '../../encode/cells/column-types.js';
import { wholeRange } from '../../encode/cells/column-values.js';
import { thumbnailsOf } from '../../encode/image/thumbnail.js';
import { holdsPictures, pictureReader } from '../../encode/pictures/picture-reader.js';
import { columnOf } from '../../encode/table.js';

/**
 * Rows as points, so that distances can be taken: row-major, first the codes of categories, then
 * numbers in units of their range. NaN is null.
 */
export interface Points {
  readonly cells: Float64Array;
  readonly length: number;
}

/** A space that rows of one schema are points of. */
export interface RowSpace {
  readonly width: number;
  /** How many of the coordinates are categories: the first ones. */
  readonly categories: number;
  /** The rows of a batch as points. */
  place(batch: RecordBatch): Points;
}

/** Reads a column into its coordinates of points, `width` numbers a row. */
interface Reader {
  readonly width: number;
  read(vector: Vector): Float64Array;
}

/**
 * The space of some rows: numbers are in units of these rows' range. Images are as many numbers as
 * their thumbnails have.
 *
 * @param columns Those that count, by place in the schema.
 */
export function createRowSpace(
  schema: Schema,
  batches: readonly RecordBatch[],
  columns: readonly number[],
): RowSpace {
  const typeOf = (column: number) => schema.fields[column]?.type as DataType;
  const texts = columns.filter((column) => isTextable(typeOf(column)));
  const categories = texts.filter((column) => !isNumber(typeOf(column)));
  const readers = new Map<number, Reader>(categories.map((column) => [column, codeReader()]));
  for (const column of texts.filter((column) => isNumber(typeOf(column)))) {
    readers.set(column, numberReader(columnOf(batches, column)));
  }
  for (const column of columns) {
    const field = schema.fields[column] as Field;
    const few = holdsPictures(field) ? columnOf(fewOf(batches), column) : undefined;
    if (few && few.nullCount < few.length) readers.set(column, imageReader(field, few));
  }
  const width = [...readers.values()].reduce((sum, reader) => sum + reader.width, 0);
  return {
    width,
    categories: categories.length,
    place(batch) {
      const cells = new Float64Array(batch.numRows * width);
      let place = 0;
      for (const [column, reader] of readers) {
        const vector = columnOf([batch], column);
        const values = vector && batch.numRows > 0 ? reader.read(vector) : new Float64Array();
        values.forEach((value, at) => {
          const row = Math.floor(at / reader.width);
          cells[row * width + place + (at % reader.width)] = value;
        });
        place += reader.width;
      }
      return { cells, length: batch.numRows };
    },
  };
}

const isNumber = (type: DataType) => DataType.isFloat(type) || isWhole(type) || isTemporal(type);

/** Codes in the order in which texts are first seen. */
function codeReader(): Reader {
  const codes = new Map<string, number>();
  const read = (vector: Vector) =>
    Float64Array.from(readTexts(vector), (text) => {
      if (text === null) return Number.NaN;
      const known = codes.get(text) ?? codes.size;
      codes.set(text, known);
      return known;
    });
  return { width: 1, read };
}

function numberReader(sample: Vector | undefined): Reader {
  const origin = (sample && !DataType.isFloat(sample.type) && wholeRange(sample)?.minimum) || 0n;
  const read = (vector: Vector) => readNumbers(vector, origin);
  const factor = factorOf(sample ? rangeOf(read(sample)) : 0);
  return { width: 1, read: (vector) => read(vector).map((value) => value * factor) };
}

/** The first rows: enough to see what the pixels of images range over. */
const fewOf = ([first]: readonly RecordBatch[]) => (first ? [sliceBatch(first, 0, 256)] : []);

/** Thumbnails, in units of the range of the sample; a null image is as far as can be from others. */
function imageReader(field: Field, sample: Vector): Reader {
  const pictures = pictureReader(field, sample);
  const { height, width, channels } = pictures.shape;
  const thumbnails = thumbnailsOf(pictures.shape);
  const { size } = thumbnails;
  const pixels = new Float32Array(height * width * channels);
  return {
    width: size,
    read(vector) {
      const { rows, fill } = pictures.read(vector);
      const numbers = new Float64Array(vector.length * size).fill(Number.NaN);
      rows.forEach((row, image) => {
        fill(image, pixels, 0);
        thumbnails.write(pixels, 0, numbers, row * size);
      });
      // From −1 to 1 is the range.
      return numbers.map((value) => value / 2);
    },
  };
}

/** Of numbers that do not vary, any difference counts in full. */
const factorOf = (range: number) => (range > 0 ? 1 / range : 1e300);

function rangeOf(values: Float64Array): number {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return Number.isFinite(highest - lowest) ? highest - lowest : 0;
}
