import { type Data, DataType, type Dictionary, type Field, makeData, Vector } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { describeType } from '../schema/describe.js';
import { type ArrowValue, cellReader, type ReadCell } from './cells.js';
import { type ColumnPlace, misfit, missing } from './misfit.js';
import { likeValue } from './values.js';

/** Turns values, null and undefined among them, into an array of one type. */
export type BuildColumn = (values: readonly unknown[], place: ColumnPlace) => Data;

/**
 * What builds the arrays of a field.
 *
 * @param told Whether its type was told: see `cellReader`.
 * @throws SchemaError naming the column, if no value of JavaScript stands for its type.
 */
export function columnBuilder({ name, type, nullable }: Field, told: boolean): BuildColumn {
  const build = builderOf(name, type, told);
  if (nullable) return build;
  return (values, place) => {
    const index = values.findIndex((value) => value == null);
    if (index >= 0) throw missing(type, index, place);
    return build(values, place);
  };
}

function builderOf(path: string, type: DataType, told: boolean): BuildColumn {
  const child = (index: number) => {
    const field = type.children[index] as Field;
    return columnBuilder(field.clone({ name: `${path}.${field.name}` }), told);
  };
  if (DataType.isStruct(type))
    return structBuilder(
      type,
      type.children.map((_, k) => child(k)),
    );
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) return listBuilder(type, child(0));
  const read = cellReader(type, told);
  if (!read) {
    throw new SchemaError(
      `column '${path}' cannot be made of rows: ${describeType(type)}. Give record batches, or another type`,
    );
  }
  if (DataType.isDictionary(type)) return dictionaryBuilder(type, read);
  return leafBuilder(type, read);
}

function structBuilder(type: DataType, children: readonly BuildColumn[]): BuildColumn {
  const names = type.children.map(({ name }) => name);
  return (values, place) => {
    for (const [index, value] of values.entries()) {
      if (value != null && !isRecord(value)) throw misfit(type, value, index, place);
      if (value != null) assertKeys(type, names, value, index, place);
    }
    const data = children.map((build, k) => {
      const name = names[k] as string;
      const members = values.map((value) => (value == null ? null : own(value, name)));
      return build(members, { ...place, name: `${place.name}.${name}` });
    });
    return makeData({ type, length: values.length, ...validity(values), children: data } as never);
  };
}

function isRecord(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    !(value instanceof Date) &&
    likeValue(value as object) === undefined
  );
}

function own(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function assertKeys(
  type: DataType,
  names: readonly string[],
  value: object,
  index: number,
  place: ColumnPlace,
): void {
  for (const key of Object.keys(value)) {
    if (names.includes(key) || (value as Record<string, unknown>)[key] === undefined) continue;
    const found = (value as Record<string, unknown>)[key];
    throw misfit(type, found, index, { ...place, name: `${place.name}.${key}` });
  }
}

function listBuilder(type: DataType, build: BuildColumn): BuildColumn {
  const size = DataType.isFixedSizeList(type) ? type.listSize : undefined;
  return (values, place) => {
    const valueOffsets = new Int32Array(values.length + 1);
    const items: unknown[] = [];
    const owners: number[] = [];
    for (const [index, value] of values.entries()) {
      const list = value == null ? emptyList(size) : asList(value);
      if (!list || (size !== undefined && list.length !== size))
        throw misfit(type, value, index, place);
      for (const item of list) {
        items.push(item);
        owners.push(index);
      }
      valueOffsets[index + 1] = items.length;
    }
    const child = build(items, {
      ...place,
      name: `${place.name}[]`,
      rowOf: (item) => place.rowOf(owners[item] as number),
    });
    const offsets = size === undefined ? { valueOffsets } : {};
    return makeData({
      type,
      length: values.length,
      ...validity(values),
      ...offsets,
      child,
    } as never);
  };
}

function emptyList(size = 0): readonly unknown[] {
  return new Array(size).fill(null);
}

function asList(value: unknown): (ArrayLike<unknown> & Iterable<unknown>) | undefined {
  if (Array.isArray(value)) return value;
  const isNumbers = ArrayBuffer.isView(value) && !(value instanceof DataView);
  return isNumbers ? (value as Float64Array) : undefined;
}

function dictionaryBuilder(type: Dictionary, read: ReadCell): BuildColumn {
  const buildValues = leafBuilder(type.dictionary, read);
  return (values, place) => {
    const codes = new Map<unknown, number>();
    const indices = values.map((value, index) => {
      if (value == null) return 0;
      const cell = read(value);
      if (cell === undefined) throw misfit(type, value, index, place);
      const code = codes.get(cell) ?? codes.size;
      codes.set(cell, code);
      return code;
    });
    const data = type.indices.ArrayType.from(indices as never);
    const dictionary = new Vector([buildValues([...codes.keys()], place)]);
    return makeData({
      type,
      length: values.length,
      ...validity(values),
      data,
      dictionary,
    } as never);
  };
}

function leafBuilder(type: DataType, read: ReadCell): BuildColumn {
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return textBuilder(type, read);
  if (DataType.isBinary(type) || DataType.isLargeBinary(type)) return binaryBuilder(type, read);
  if (DataType.isBool(type)) return booleanBuilder(type, read);
  if (DataType.isDecimal(type)) return decimalBuilder(type, read);
  const isLong = type.ArrayType === (BigInt64Array as never) && DataType.isInt(type);
  return isLong ? longBuilder(type, read) : numberBuilder(type, read);
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

/** Whole numbers of 64 bits: safe ones in two words, since a bigint takes long to make. */
function longBuilder(type: DataType, read: ReadCell): BuildColumn {
  return (values, place) => {
    const { length } = values;
    const data = new BigInt64Array(length);
    const words = new Int32Array(data.buffer);
    for (let index = 0; index < length; index++) {
      const value = values[index];
      if (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0)) {
        words[2 * index] = value;
        words[2 * index + 1] = Math.floor(value / twoTo32);
      } else if (value != null) {
        data[index] = cellOf(type, read, value, index, place) as bigint;
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
    const valueOffsets = offsetsOf(type, length);
    const add = adder(valueOffsets);
    for (let index = 0; index < length; index++) {
      const value = values[index];
      const text = value == null ? '' : (cellOf(type, read, value, index, place) as string);
      texts[index] = text;
      add(index, Buffer.byteLength(text));
    }
    const data = Buffer.from(texts.join(''));
    return makeData({ type, length, ...validity(values), valueOffsets, data } as never);
  };
}

function binaryBuilder(type: DataType, read: ReadCell): BuildColumn {
  const none = new Uint8Array();
  return (values, place) => {
    const valueOffsets = offsetsOf(type, values.length);
    const add = adder(valueOffsets);
    const parts = values.map((value, index) => {
      const part = value == null ? none : (cellOf(type, read, value, index, place) as Uint8Array);
      add(index, part.byteLength);
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

function offsetsOf(type: DataType, length: number): Int32Array | BigInt64Array {
  return type.OffsetArrayType === BigInt64Array
    ? new BigInt64Array(length + 1)
    : new Int32Array(length + 1);
}

function adder(offsets: Int32Array | BigInt64Array): (index: number, bytes: number) => void {
  let end = 0;
  return (index, bytes) => {
    end += bytes;
    offsets[index + 1] = offsets instanceof Int32Array ? end : (BigInt(end) as never);
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

function validity(values: readonly unknown[]): { nullCount: number; nullBitmap?: Uint8Array } {
  let nullCount = 0;
  let nullBitmap: Uint8Array | undefined;
  for (let index = 0; index < values.length; index++) {
    if (values[index] != null) continue;
    nullBitmap ??= new Uint8Array(Math.ceil(values.length / 8)).fill(255);
    nullBitmap[index >> 3] = (nullBitmap[index >> 3] as number) & ~(1 << (index & 7));
    nullCount++;
  }
  return nullBitmap ? { nullCount, nullBitmap } : { nullCount };
}
