import { DataType, type RecordBatch, type Schema, type Vector } from 'apache-arrow';
import { readNumbers } from '../../encode/cells/column-numbers.js';
import { readTexts } from '../../encode/cells/column-texts.js';
import { isTemporal, isTextable, isWhole } from '../../encode/cells/column-types.js';
import { wholeRange } from '../../encode/cells/column-values.js';
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

type Reader = (vector: Vector) => Float64Array;

/**
 * The space of some rows: numbers are in units of these rows' range.
 *
 * @param columns Those that count, by place in the schema.
 */
export function createRowSpace(
  schema: Schema,
  batches: readonly RecordBatch[],
  columns: readonly number[],
): RowSpace {
  const used = columns.filter((column) => isTextable(schema.fields[column]?.type as DataType));
  const isNumeric = (column: number) => isNumber(schema.fields[column]?.type as DataType);
  const categories = used.filter((column) => !isNumeric(column));
  const order = [...categories, ...used.filter(isNumeric)];
  const readers = order.map((column) => {
    const vector = columnOf(batches, column);
    return isNumeric(column) ? numberReader(vector) : codeReader();
  });
  const width = order.length;
  return {
    width,
    categories: categories.length,
    place(batch) {
      const cells = new Float64Array(batch.numRows * width);
      for (const [place, column] of order.entries()) {
        const vector = columnOf([batch], column);
        if (!vector || batch.numRows === 0) continue;
        const values = (readers[place] as Reader)(vector);
        for (let row = 0; row < batch.numRows; row++) {
          cells[row * width + place] = values[row] as number;
        }
      }
      return { cells, length: batch.numRows };
    },
  };
}

const isNumber = (type: DataType) => DataType.isFloat(type) || isWhole(type) || isTemporal(type);

/** Codes in the order in which texts are first seen. */
function codeReader(): Reader {
  const codes = new Map<string, number>();
  return (vector) =>
    Float64Array.from(readTexts(vector), (text) => {
      if (text === null) return Number.NaN;
      const known = codes.get(text) ?? codes.size;
      codes.set(text, known);
      return known;
    });
}

function numberReader(sample: Vector | undefined): Reader {
  const origin = (sample && !DataType.isFloat(sample.type) && wholeRange(sample)?.minimum) || 0n;
  const read = (vector: Vector) => readNumbers(vector, origin);
  const range = sample ? rangeOf(read(sample)) : 0;
  // Of numbers that do not vary, any difference counts in full.
  const factor = range > 0 ? 1 / range : 1e300;
  return (vector) => read(vector).map((value) => value * factor);
}

function rangeOf(values: Float64Array): number {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return Number.isFinite(highest - lowest) ? highest - lowest : 0;
}
