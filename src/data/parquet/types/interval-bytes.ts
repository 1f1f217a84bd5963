import { type Data, DataType, FixedSizeBinary, type Interval, IntervalUnit } from 'apache-arrow';
import { DataError, FormatError } from '../../../errors.js';
import { withValues } from './with-values.js';

/** Bytes of Parquet's INTERVAL: months, days and milliseconds, unsigned and of 32 bits each. */
export const intervalBytes = 12;

const perMillisecond = 1_000_000n;
const mostSigned = 2 ** 31 - 1;

/** The type that the engine is given, and gives, for intervals that it would not keep. */
export function intervalBytesType(type: DataType): DataType {
  return isMonthDayNano(type) ? new FixedSizeBinary(intervalBytes) : type;
}

function isMonthDayNano(type: DataType): type is Interval {
  return DataType.isInterval(type) && type.unit === IntervalUnit.MONTH_DAY_NANO;
}

/** How many 32-bit words Arrow has for an interval. */
const wordsOf = {
  [IntervalUnit.YEAR_MONTH]: 1,
  [IntervalUnit.DAY_TIME]: 2,
  [IntervalUnit.MONTH_DAY_NANO]: 4,
};

/** Parquet's bytes as intervals. @throws FormatError for parts that the type of interval has not. */
export function readIntervals(type: DataType, data: Data): Data {
  const { unit } = type as Interval;
  const stride = wordsOf[unit];
  const bytes = data.values as Uint8Array;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const target = new Int32Array(data.length * stride);
  const nanoseconds = new BigInt64Array(stride === 4 ? target.buffer : new ArrayBuffer(0));
  for (let row = 0; row < data.length; row++) {
    if (!data.getValid(row)) continue;
    const [months, days, milliseconds] = partsAt(view, row);
    const lost =
      (unit === IntervalUnit.YEAR_MONTH && (days > 0 || milliseconds > 0)) ||
      (unit === IntervalUnit.DAY_TIME && (months > 0 || milliseconds > mostSigned));
    if (lost || months > mostSigned || days > mostSigned) {
      throw new FormatError(
        `interval does not fit: ${months} months, ${days} days, ${milliseconds} ms as ${type}. Write the file again without ARROW:schema`,
      );
    }
    if (unit === IntervalUnit.YEAR_MONTH) target[row] = months;
    else if (unit === IntervalUnit.DAY_TIME) target.set([days, milliseconds], row * 2);
    else {
      target.set([months, days], row * 4);
      nanoseconds[row * 2 + 1] = BigInt(milliseconds) * perMillisecond;
    }
  }
  return withValues(type, data, target);
}

function partsAt(view: DataView, row: number): [number, number, number] {
  const start = row * intervalBytes;
  return [0, 4, 8].map((part) => view.getUint32(start + part, true)) as [number, number, number];
}

/**
 * Intervals of months, days and nanoseconds as Parquet's bytes.
 *
 * @throws DataError for what these have not: negative parts, and parts of a millisecond.
 */
export function writeIntervals(type: DataType, data: Data): Data {
  const words = data.values as Int32Array;
  const target = new DataView(new ArrayBuffer(data.length * intervalBytes));
  for (let row = 0; row < data.length; row++) {
    if (!data.getValid(row)) continue;
    const [months, days] = [words[row * 4] as number, words[row * 4 + 1] as number];
    const nanoseconds =
      (BigInt(words[row * 4 + 3] as number) << 32n) |
      BigInt.asUintN(32, BigInt(words[row * 4 + 2] as number));
    const milliseconds = nanoseconds / perMillisecond;
    if (
      months < 0 ||
      days < 0 ||
      nanoseconds < 0n ||
      milliseconds >= 2n ** 32n ||
      milliseconds * perMillisecond !== nanoseconds
    ) {
      throw new DataError(
        `interval cannot be written as Parquet: ${months} months, ${days} days, ${nanoseconds} ns (those of Parquet have whole milliseconds, up to 2^32, and are not negative). Make it a duration, drop the column, or write Arrow IPC`,
      );
    }
    target.setUint32(row * intervalBytes, months, true);
    target.setUint32(row * intervalBytes + 4, days, true);
    target.setUint32(row * intervalBytes + 8, Number(milliseconds), true);
  }
  return withValues(type, data, new Uint8Array(target.buffer));
}
