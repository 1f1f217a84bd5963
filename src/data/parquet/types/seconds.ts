import { type Data, DataType, Dictionary, Time, Timestamp, TimeUnit } from 'apache-arrow';
import { DataError, FormatError } from '../../../errors.js';
import { describeType } from '../../schema/describe.js';
import { withValues } from './with-values.js';

/**
 * Parquet has no seconds: Arrow writers store them as milliseconds, and name them in `ARROW:schema`.
 * The engine would store plain integers, which only readers of that would take for times.
 */
const perSecond = 1000;

/** Timestamps and times of seconds, and dictionaries of them, as milliseconds; others as they are. */
export function millisecondType(type: DataType): DataType {
  return inUnit(type, TimeUnit.SECOND, TimeUnit.MILLISECOND);
}

/** The inverse of {@link millisecondType}. */
export function secondType(type: DataType): DataType {
  return inUnit(type, TimeUnit.MILLISECOND, TimeUnit.SECOND);
}

/** Whether a type is one of those that {@link millisecondType} changes. */
export function isSeconds(type: DataType): boolean {
  return millisecondType(type) !== type;
}

function inUnit(type: DataType, from: TimeUnit, to: TimeUnit): DataType {
  if (DataType.isDictionary(type)) {
    const values = inUnit(type.dictionary, from, to);
    if (values === type.dictionary) return type;
    return new Dictionary(values, type.indices, type.id, type.isOrdered);
  }
  if (DataType.isTimestamp(type) && type.unit === from) return new Timestamp(to, type.timezone);
  return DataType.isTime(type) && type.unit === from ? new Time(to, 32) : type;
}

/** Seconds as milliseconds. @throws DataError for a value that has none: it is 292 million years off. */
export function multiplySeconds(type: DataType, data: Data): Data {
  const values = data.values.map((value: never, row: number) => {
    const scaled = typeof value === 'bigint' ? value * BigInt(perSecond) : value * perSecond;
    const fits =
      typeof scaled === 'bigint' ? BigInt.asIntN(64, scaled) === scaled : (scaled | 0) === scaled;
    // What lies below a null may be anything.
    if (fits || row >= data.length || !data.getValid(row)) return scaled as never;
    throw new DataError(
      `value cannot be written as Parquet: ${value} as ${describeType(data.type)} (Parquet has milliseconds, and that is too many). Mend the value, or write Arrow IPC`,
    );
  });
  return withValues(type, data, values);
}

/** Milliseconds as seconds. @throws FormatError for parts of a second. */
export function divideMilliseconds(type: DataType, data: Data): Data {
  const values = data.values.map((value: never, row: number) => {
    const isBig = typeof value === 'bigint';
    const rest = isBig ? value % BigInt(perSecond) : value % perSecond;
    if (Number(rest) !== 0 && data.getValid(row)) {
      throw new FormatError(
        `Parquet column says seconds and holds parts of them: ${value} ms as ${describeType(type)}. Write the file again`,
      );
    }
    return (isBig ? value / BigInt(perSecond) : Math.trunc(value / perSecond)) as never;
  });
  return withValues(type, data, values);
}
