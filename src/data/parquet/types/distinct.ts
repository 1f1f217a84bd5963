import { type Data, DataType, type RecordBatch } from 'apache-arrow';

/** Rows of a row group that are looked at, spread evenly over it. */
const sampleRows = 4096;

/** Fewer rows than these are not worth a look. */
const leastRows = 1024;

/** Share of distinct values in the sample from which on a dictionary would hold nearly all rows. */
const mostlyDistinct = 0.95;

/**
 * Names of the columns that a dictionary would only make bigger: of numbers, dates and times that
 * hardly ever come twice.
 */
export function distinctColumns({ schema, data, numRows }: RecordBatch): string[] {
  if (numRows < leastRows) return [];
  return schema.fields.flatMap(({ name }, column) =>
    isMostlyDistinct(data.children[column] as Data) ? [name] : [],
  );
}

function isMostlyDistinct(data: Data): boolean {
  const words = wordsOf(data);
  if (!words) return false;
  const step = Math.max(Math.floor(data.length / sampleRows), 1);
  const seen = new Set<number | bigint>();
  let rows = 0;
  for (let row = 0; row < data.length; row += step) {
    if (!data.getValid(row)) continue;
    seen.add(words[row] as number | bigint);
    rows++;
  }
  return rows >= leastRows && seen.size >= mostlyDistinct * rows;
}

/** The values of a column as integers of their own width, 4 or 8 bytes; undefined for others. */
function wordsOf({ type, values, stride }: Data): Uint32Array | BigUint64Array | undefined {
  const isPlain =
    DataType.isInt(type) ||
    DataType.isFloat(type) ||
    DataType.isDate(type) ||
    DataType.isTime(type) ||
    DataType.isTimestamp(type) ||
    DataType.isDuration(type);
  if (!isPlain || stride !== 1 || !values) return undefined;
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: width } = values as Uint32Array;
  if (width === 4) return new Uint32Array(buffer, byteOffset, byteLength / 4);
  return width === 8 ? new BigUint64Array(buffer, byteOffset, byteLength / 8) : undefined;
}
