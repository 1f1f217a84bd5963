import { type Data, DataType, makeData } from 'apache-arrow';
import { DataError } from '../../errors.js';
import type { CsvColumn } from './infer.js';
import type { CsvRow } from './rows.js';
import type { CsvValue } from './types.js';

/** Where rows are: for messages. */
export interface RowPlace {
  readonly name: string;
  /** Rows of data before the first one. */
  readonly before: number;
}

/**
 * One column of some rows as an Arrow array.
 *
 * @throws DataError if a cell does not fit the column's type; it names its row, line and column.
 */
export function buildColumn(
  column: CsvColumn,
  index: number,
  rows: readonly CsvRow[],
  place: RowPlace,
): Data {
  const length = rows.length;
  const nullBitmap = new Uint8Array(Math.ceil(length / 8));
  const values: (CsvValue | undefined)[] = [];
  let nullCount = 0;
  for (const [row, { cells }] of rows.entries()) {
    const text = cells[index] as string;
    if (column.isNull.has(text)) {
      nullCount++;
      values.push(undefined);
      continue;
    }
    const value = column.read(text);
    if (value === undefined) throw misfit(column, text, rows[row] as CsvRow, row, place);
    nullBitmap[row >> 3] = (nullBitmap[row >> 3] as number) | (1 << (row % 8));
    values.push(value);
  }
  const { type } = column;
  const validity = nullCount > 0 ? { nullBitmap } : {};
  return makeData({ type, length, nullCount, ...validity, ...buffersOf(type, values) } as never);
}

function buffersOf(type: DataType, values: readonly (CsvValue | undefined)[]): object {
  if (DataType.isUtf8(type)) return textBuffers(values as (string | undefined)[]);
  if (DataType.isBool(type)) return { data: packBits(values) };
  const data = new type.ArrayType(values.length);
  for (const [row, value] of values.entries()) if (value !== undefined) data[row] = value;
  return { data };
}

function textBuffers(texts: readonly (string | undefined)[]): object {
  const valueOffsets = new Int32Array(texts.length + 1);
  for (const [row, text = ''] of texts.entries()) {
    valueOffsets[row + 1] = (valueOffsets[row] as number) + Buffer.byteLength(text);
  }
  return { valueOffsets, data: Buffer.from(texts.join('')) };
}

function packBits(values: readonly (CsvValue | undefined)[]): Uint8Array {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  for (const [row, value] of values.entries()) {
    if (value) bits[row >> 3] = (bits[row >> 3] as number) | (1 << (row % 8));
  }
  return bits;
}

function misfit(
  { name, typeName, inferredFrom }: CsvColumn,
  text: string,
  { line }: CsvRow,
  row: number,
  place: RowPlace,
): DataError {
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
  const remedy =
    inferredFrom === undefined
      ? `Declare another type, or if it stands for null, say so: nulls: ['', ${shown}]`
      : `The type was inferred from the first ${inferredFrom} rows: raise sampleRows, or declare it, types: { ${JSON.stringify(name)}: 'utf8' }`;
  return new DataError(
    `CSV cell does not fit its column: ${shown} is no ${typeName}, in column '${name}', row ${place.before + row + 1} (line ${line}) of ${place.name}. ${remedy}`,
  );
}
