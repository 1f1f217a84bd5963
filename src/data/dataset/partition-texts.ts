import { type Data, DataType, DateUnit } from 'apache-arrow';
import { DataError } from '../../errors.js';

const dayMilliseconds = 86_400_000;

/** Whether values of a type can name directories: whole numbers, booleans, text, dates of days. */
export function canPartition(type: DataType): boolean {
  if (DataType.isDictionary(type)) return canPartition(type.dictionary);
  if (DataType.isDate(type)) return type.unit === DateUnit.DAY;
  return [
    DataType.isInt,
    DataType.isBool,
    DataType.isUtf8,
    DataType.isLargeUtf8,
    DataType.isUtf8View,
  ].some((is) => is(type));
}

/**
 * The text of each row, null where the row is null: digits, 'true' or 'false', the text itself, or
 * a date as 2026-01-31.
 *
 * @param name names the column in messages.
 * @throws DataError for a date outside the years 1 to 9999.
 */
export function partitionTexts(data: Data, name: string): (string | null)[] {
  const read = textReader(data, name);
  const { length } = data;
  if (data.nullCount === 0) return Array.from({ length }, (_, row) => read(row));
  return Array.from({ length }, (_, row) => (data.getValid(row) ? read(row) : null));
}

function textReader(data: Data, name: string): (row: number) => string | null {
  const { type, values } = data;
  if (DataType.isDictionary(type)) {
    const chunks = data.dictionary?.data ?? [];
    const texts = chunks.flatMap((chunk: Data) => partitionTexts(chunk, name));
    return (row) => texts[Number(values[row])] ?? null;
  }
  if (DataType.isBool(type)) {
    const bit = (at: number) => (values[at >> 3] >> (at & 7)) & 1;
    return (row) => String(bit(data.offset + row) === 1);
  }
  if (DataType.isDate(type)) return (row) => dateText(values[row], name);
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) {
    const { valueOffsets } = data;
    // Arrow's own decoder drops a leading byte order mark.
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    return (row) =>
      bytes.toString('utf8', Number(valueOffsets[row]), Number(valueOffsets[row + 1]));
  }
  return (row) => String(values[row]);
}

function dateText(days: number, name: string): string {
  const date = new Date(days * dayMilliseconds);
  const year = date.getUTCFullYear();
  if (year >= 1 && year <= 9999) return date.toISOString().slice(0, 10);
  throw new DataError(
    `column '${name}' has a date that cannot name a directory: day ${days} since 1970. Partition by another column`,
  );
}
