import { type Data, DataType, DateUnit, Precision } from 'apache-arrow';
import { viewTextReader } from '../gather/view.js';
import { halfToNumber, numberToHalf } from '../tensor/float16.js';
import { decimalText } from './decimal.js';
import { dayText, durationText, instantText, timeText } from './instants.js';
import { doubleText, floatText } from './numbers.js';

/** The text of a cell that is not null; undefined if it has none. */
export type ReadText = (row: number) => string | undefined;

const roundToHalf = (value: number) => halfToNumber(numberToHalf(value));

/** Reads cells of texts; undefined for columns of another type. */
export function stringReader(data: Data): ((row: number) => string) | undefined {
  const { type, values, valueOffsets } = data;
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) {
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    return (row) =>
      bytes.toString('utf8', Number(valueOffsets[row]), Number(valueOffsets[row + 1]));
  }
  if (DataType.isUtf8View(type)) return viewTextReader(data);
  return undefined;
}

/** Reads cells as numbers, true or false: what is no text in JSON. Undefined for other types. */
export function literalReader({ type, values, offset }: Data): ReadText | undefined {
  if (DataType.isBool(type)) {
    return (row) => String(((values[(offset + row) >> 3] >> ((offset + row) & 7)) & 1) === 1);
  }
  if (DataType.isInt(type)) return (row) => String(values[row]);
  if (!DataType.isFloat(type)) return undefined;
  switch (type.precision) {
    case Precision.HALF:
      return (row) => floatText(halfToNumber(values[row]), roundToHalf, 5);
    case Precision.SINGLE:
      return (row) => floatText(values[row], Math.fround, 9);
    default:
      return (row) => doubleText(values[row]);
  }
}

/** Reads cells of decimals, dates, times and spans. Undefined for other types. */
export function exactReader(data: Data): ReadText | undefined {
  const { type, values } = data;
  if (DataType.isDecimal(type)) return (row) => decimalText(data, row, type.scale);
  if (DataType.isDate(type)) {
    if (type.unit === DateUnit.DAY) return (row) => dayText(values[row]);
    return (row) => wholeDayText(BigInt(values[row]));
  }
  if (DataType.isTimestamp(type)) {
    const zone = type.timezone ? 'Z' : '';
    return (row) => {
      const text = instantText(values[row], type.unit);
      return text && text + zone;
    };
  }
  if (DataType.isTime(type)) return (row) => timeText(BigInt(values[row]), type.unit);
  if (DataType.isDuration(type)) return (row) => durationText(values[row], type.unit);
  return undefined;
}

/** Milliseconds since 1970 as a day: parts of a day are no date. */
function wholeDayText(milliseconds: bigint): string | undefined {
  const day = 86_400_000n;
  return milliseconds % day === 0n ? dayText(Number(milliseconds / day)) : undefined;
}
