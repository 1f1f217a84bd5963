import { type Data, DataType, DateDay, DateMillisecond, DateUnit, Dictionary } from 'apache-arrow';
import { DataError } from '../../../errors.js';
import { withValues } from './with-values.js';

const dayMilliseconds = 86_400_000n;

/**
 * Dates in milliseconds (Arrow's date64), and dictionaries of them, as dates in days, which is what
 * Parquet has; others as they are.
 */
export function dayType(type: DataType): DataType {
  return inUnit(type, DateUnit.MILLISECOND, new DateDay());
}

/** The inverse of {@link dayType}. */
export function dateMillisecondType(type: DataType): DataType {
  return inUnit(type, DateUnit.DAY, new DateMillisecond());
}

/** Whether a type is one of those that {@link dayType} changes. */
export function isDate64(type: DataType): boolean {
  return dayType(type) !== type;
}

function inUnit(type: DataType, from: DateUnit, to: DataType): DataType {
  if (DataType.isDictionary(type)) {
    const values = inUnit(type.dictionary, from, to);
    if (values === type.dictionary) return type;
    return new Dictionary(values, type.indices, type.id, type.isOrdered);
  }
  return DataType.isDate(type) && type.unit === from ? to : type;
}

/** Dates in milliseconds as days. @throws DataError for what is no whole day, or too far away. */
export function divideDates(type: DataType, data: Data): Data {
  const days = new Int32Array(data.length);
  for (let row = 0; row < data.length; row++) {
    if (!data.getValid(row)) continue;
    const value = data.values[row] as bigint;
    const day = value / dayMilliseconds;
    if (day * dayMilliseconds !== value || BigInt.asIntN(32, day) !== day) {
      throw new DataError(
        `value is no date that Parquet has: ${value} ms since 1970 (dates are whole days). Make the column a timestamp, or write Arrow IPC`,
      );
    }
    days[row] = Number(day);
  }
  return withValues(type, data, days);
}

/** Days as dates in milliseconds. */
export function multiplyDays(type: DataType, data: Data): Data {
  const days = data.values as Int32Array;
  return withValues(
    type,
    data,
    BigInt64Array.from(days, (day) => BigInt(day) * dayMilliseconds),
  );
}
