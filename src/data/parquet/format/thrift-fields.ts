import { type ThriftStruct, type ThriftValue, wire } from './thrift.js';

/** The value of a field, if the struct has it. */
export function getField(struct: ThriftStruct, id: number): ThriftValue | undefined {
  return struct.find((field) => field.id === id)?.value;
}

/** A field that holds a struct; no fields if it is missing. */
export function getStruct(struct: ThriftStruct, id: number): ThriftStruct {
  return (getField(struct, id) ?? []) as ThriftStruct;
}

/** The items of a field that holds a list of structs; none if it is missing. */
export function getStructs(struct: ThriftStruct, id: number): readonly ThriftStruct[] {
  const list = getField(struct, id);
  return list && typeof list === 'object' && 'items' in list
    ? (list.items as readonly ThriftStruct[])
    : [];
}

/** The struct with a field set, or without it if `value` is undefined. */
export function setField(
  struct: ThriftStruct,
  id: number,
  type: number,
  value: ThriftValue | undefined,
): ThriftStruct {
  const others = struct.filter((field) => field.id !== id);
  if (value === undefined) return others;
  // Thrift readers expect ascending ids.
  return [...others, { id, type, value }].sort((a, b) => a.id - b.id);
}

/** The struct with a field set to a list of structs. */
export function setStructs(
  struct: ThriftStruct,
  id: number,
  items: readonly ThriftStruct[],
): ThriftStruct {
  return setField(struct, id, wire.list, { elementType: wire.struct, items });
}

/** The struct with a 64-bit integer field that it has moved by `delta`. */
export function shiftField(struct: ThriftStruct, id: number, delta: bigint): ThriftStruct {
  const value = getField(struct, id);
  return typeof value === 'bigint' ? setField(struct, id, wire.int64, value + delta) : struct;
}
