import { Binary, DataType, makeData, TimeUnit, Utf8 } from 'apache-arrow';
import { asViews } from '../gather/view.js';
import type { BuildColumn } from './build-column.js';
import type { ArrowValue, ReadCell } from './cells.js';
import { type ColumnPlace, misfit } from './misfit.js';
import { validity } from './validity.js';

/** What builds the arrays of a type without children, a dictionary's values among them. */
export function leafBuilder(type: DataType, read: ReadCell): BuildColumn {
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return textBuilder(type, read);
  if (DataType.isBinary(type) || DataType.isLargeBinary(type)) return binaryBuilder(type, read);
  if (DataType.isUtf8View(type)) return viewBuilder(type, textBuilder(new Utf8(), read));
  if (DataType.isBinaryView(type)) return viewBuilder(type, binaryBuilder(new Binary(), read));
  if (DataType.isBool(type)) return booleanBuilder(type, read);
  if (DataType.isDecimal(type)) return decimalBuilder(type, read);
  const isLong = type.ArrayType === (BigInt64Array as never);
  if (isLong && DataType.isInt(type)) return longBuilder(type, read, safeInteger);
  if (isLong && DataType.isTimestamp(type)) return longBuilder(type, read, safeInstant(type.unit));
  return numberBuilder(type, read);
}

function numberBuilder(type: DataType, read: ReadCell): BuildColumn {
  const isFloat = DataType.isFloat(type) && type.ArrayType === (Float64Array as never);
  return (values, place) => {
    const { length } = values;
    const data = new type.ArrayType(length);
    for (let index = 0; index < length; index++) {
      const value = values[index];
      if (isFloat && typeof value === 'number') data[index] = value;
      else if (value != null) data[index] = cellOf(type, read, value, index, place);
    }
    return makeData({ type, length, ...validity(values), data } as never);
  };
}

const twoTo32 = 2 ** 32;

/** The whole number that stands for a value, if it is a safe integer; else NaN. */
type ToSafeInteger = (value: unknown) => number;

const safeInteger: ToSafeInteger = (value) =>
  Number.isSafeInteger(value) && !Object.is(value, -0) ? (value as number) : Number.NaN;

/** Dates in a unit; parts of it, and what is not safe, are left to bigints. */
function safeInstant(unit: TimeUnit): ToSafeInteger {
  const factor = 1000 ** (unit - TimeUnit.MILLISECOND);
  return (value) => {
    const number = value instanceof Date ? value.getTime() * factor : Number.NaN;
    return Number.isSafeInteger(number) ? number : Number.NaN;
  };
}

/** Whole numbers of 64 bits: safe ones in two words, since a bigint takes long to make. */
function longBuilder(type: DataType, read: ReadCell, toNumber: ToSafeInteger): BuildColumn {
  return (values, place) => {
    const { length } = values;
    const data = new BigInt64Array(length);
    const words = new Int32Array(data.buffer);
    for (let index = 0; index < length; index++) {
      const value = values[index];
      if (value == null) continue;
      const number = toNumber(value);
      if (Number.isNaN(number)) {
        data[index] = cellOf(type, read, value, index, place) as bigint;
      } else {
        words[2 * index] = number;
        words[2 * index + 1] = Math.floor(number / twoTo32);
      }
    }
    return makeData({ type, length, ...validity(values), data } as never);
  };
}

function decimalBuilder(type: DataType & { bitWidth: number }, read: ReadCell): BuildColumn {
  const words = type.bitWidth / 32;
  return (values, place) => {
    const data = new Uint32Array(values.length * words);
    for (const [index, value] of values.entries()) {
      if (value == null) continue;
      const digits = cellOf(type, read, value, index, place) as bigint;
      for (let word = 0; word < words; word++) {
        data[index * words + word] = Number(BigInt.asUintN(32, digits >> BigInt(32 * word)));
      }
    }
    return makeData({ type, length: values.length, ...validity(values), data } as never);
  };
}

function booleanBuilder(type: DataType, read: ReadCell): BuildColumn {
  return (values, place) => {
    const data = new Uint8Array(Math.ceil(values.length / 8));
    for (const [index, value] of values.entries()) {
      if (value != null && cellOf(type, read, value, index, place)) {
        data[index >> 3] = (data[index >> 3] as number) | (1 << (index & 7));
      }
    }
    return makeData({ type, length: values.length, ...validity(values), data } as never);
  };
}

function textBuilder(type: DataType, read: ReadCell): BuildColumn {
  return (values, place) => {
    const { length } = values;
    const texts = new Array<string>(length);
    for (let index = 0; index < length; index++) {
      const value = values[index];
      if (typeof value === 'string') texts[index] = value;
      else texts[index] = value == null ? '' : (cellOf(type, read, value, index, place) as string);
    }
    return makeData({ type, length, ...validity(values), ...encodeTexts(type, texts) } as never);
  };
}

function binaryBuilder(type: DataType, read: ReadCell): BuildColumn {
  const none = new Uint8Array();
  return (values, place) => {
    const valueOffsets = offsetsOf(type, values.length);
    const setEnd = offsetSetter(valueOffsets);
    let end = 0;
    const parts = values.map((value, index) => {
      const part = value == null ? none : (cellOf(type, read, value, index, place) as Uint8Array);
      end += part.byteLength;
      setEnd(index, end);
      return part;
    });
    const data = Buffer.concat(parts);
    return makeData({
      type,
      length: values.length,
      ...validity(values),
      valueOffsets,
      data,
    } as never);
  };
}

function encodeTexts(type: DataType, texts: readonly string[]) {
  const joined = texts.join('');
  const data = Buffer.from(joined);
  const valueOffsets = offsetsOf(type, texts.length);
  const setEnd = offsetSetter(valueOffsets);
  // Of ASCII alone, lengths are known without another look.
  const isAscii = data.length === joined.length;
  let end = 0;
  for (let index = 0; index < texts.length; index++) {
    const text = texts[index] as string;
    end += isAscii ? text.length : Buffer.byteLength(text);
    setEnd(index, end);
  }
  // Halves of a character at the ends of two texts became one.
  if (end === data.length) return { valueOffsets, data };
  return { valueOffsets, data: Buffer.concat(texts.map((text) => Buffer.from(text))) };
}

function viewBuilder(type: DataType, build: BuildColumn): BuildColumn {
  return (values, place) => asViews(type, build(values, place));
}

function offsetsOf(type: DataType, length: number): Int32Array | BigInt64Array {
  return type.OffsetArrayType === BigInt64Array
    ? new BigInt64Array(length + 1)
    : new Int32Array(length + 1);
}

/** Sets where the value at an index ends. */
function offsetSetter(offsets: Int32Array | BigInt64Array): (index: number, end: number) => void {
  if (offsets instanceof Int32Array) {
    return (index, end) => {
      offsets[index + 1] = end;
    };
  }
  return (index, end) => {
    offsets[index + 1] = BigInt(end);
  };
}

function cellOf(
  type: DataType,
  read: ReadCell,
  value: unknown,
  index: number,
  place: ColumnPlace,
): ArrowValue {
  const cell = read(value);
  if (cell === undefined) throw misfit(type, value, index, place);
  return cell;
}
