import { DataType, type Dictionary, type Field, makeData, Vector } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { describeType } from '../schema/describe.js';
import type { BuildColumn } from './build-column.js';
import { leafBuilder } from './build-leaf.js';
import { cellReader, type ReadCell } from './cells.js';
import { misfit, missing } from './misfit.js';
import { createUnknownKeyFinder } from './unknown-key.js';
import { validity } from './validity.js';
import { isRecord } from './values.js';

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
    const unknownKey = createUnknownKeyFinder(names);
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (value == null) continue;
      if (!isRecord(value)) throw misfit(type, value, index, place);
      const key = unknownKey(value);
      if (key === undefined) continue;
      const found = (value as Record<string, unknown>)[key];
      throw misfit(type, found, index, { ...place, name: `${place.name}.${key}` });
    }
    const data = children.map((build, k) => {
      const name = names[k] as string;
      const members = values.map((value) => (value == null ? null : own(value, name)));
      return build(members, { ...place, name: `${place.name}.${name}` });
    });
    return makeData({ type, length: values.length, ...validity(values), children: data } as never);
  };
}

function own(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function listBuilder(type: DataType, build: BuildColumn): BuildColumn {
  const size = DataType.isFixedSizeList(type) ? type.listSize : undefined;
  return (values, place) => {
    const valueOffsets = new Int32Array(values.length + 1);
    const items: unknown[] = [];
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      const list = value == null ? emptyList(size) : asList(value);
      if (!list || (size !== undefined && list.length !== size))
        throw misfit(type, value, index, place);
      for (let k = 0; k < list.length; k++) items.push(list[k]);
      valueOffsets[index + 1] = items.length;
    }
    const child = build(items, {
      ...place,
      name: `${place.name}[]`,
      rowOf: (item) => place.rowOf(valueOffsets.findIndex((start) => start > item) - 1),
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

function asList(value: unknown): ArrayLike<unknown> | undefined {
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
