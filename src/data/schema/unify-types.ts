import {
  Binary,
  DataType,
  Decimal,
  Dictionary,
  type Field,
  Float64,
  Int,
  LargeBinary,
  LargeUtf8,
  Precision,
  Timestamp,
  Utf8,
} from 'apache-arrow';
import { describeType } from './describe.js';
import { isBytesType, isTextType } from './text-types.js';

/**
 * The type that holds all values of two, exactly; undefined if there is none.
 *
 * Plain, large and view strings, and dictionaries of them, are strings; whole numbers and floats get
 * the width of both, decimals of one scale the precision, instants of one zone the finer unit; null is
 * what the other is. Lists and structs are joined member by member.
 */
export function unifyTypes(a: DataType, b: DataType): DataType | undefined {
  if (describeType(a) === describeType(b)) return a;
  if (DataType.isNull(a)) return b;
  if (DataType.isNull(b)) return a;
  if (DataType.isDictionary(a) || DataType.isDictionary(b)) return unifyDictionaries(a, b);
  if (isTextType(a) && isTextType(b))
    return isLarge(a) || isLarge(b) ? new LargeUtf8() : new Utf8();
  if (isBytesType(a) && isBytesType(b))
    return isLarge(a) || isLarge(b) ? new LargeBinary() : new Binary();
  if (DataType.isInt(a) && DataType.isInt(b)) return unifyIntegers(a, b);
  if (isNumber(a) && isNumber(b))
    return isExactFloat(a) && isExactFloat(b) ? new Float64() : undefined;
  if (DataType.isDecimal(a) && DataType.isDecimal(b)) {
    const isAlike = a.scale === b.scale && a.bitWidth === b.bitWidth;
    return isAlike
      ? new Decimal(a.scale, Math.max(a.precision, b.precision), a.bitWidth)
      : undefined;
  }
  if (DataType.isTimestamp(a) && DataType.isTimestamp(b)) {
    const isAlike = (a.timezone ?? '') === (b.timezone ?? '');
    return isAlike ? new Timestamp(Math.max(a.unit, b.unit), a.timezone) : undefined;
  }
  return unifyNested(a, b);
}

/** The field of both; undefined if no type holds both. */
export function unifyFields(a: Field, b: Field): Field | undefined {
  const type = unifyTypes(a.type, b.type);
  const nullable = a.nullable || b.nullable || DataType.isNull(a.type) || DataType.isNull(b.type);
  if (type === a.type && nullable === a.nullable) return a;
  return type && a.clone({ type, nullable });
}

function unifyDictionaries(a: DataType, b: DataType): DataType | undefined {
  const values = unifyTypes(valueType(a), valueType(b));
  if (!values || !DataType.isDictionary(a) || !DataType.isDictionary(b)) return values;
  const indices = unifyIntegers(a.indices, b.indices);
  return indices && new Dictionary(values, indices as never, null, a.isOrdered && b.isOrdered);
}

/** The type of a column's values, a dictionary's too. */
export function valueType(type: DataType): DataType {
  return DataType.isDictionary(type) ? type.dictionary : type;
}

function unifyIntegers(a: Int, b: Int): Int | undefined {
  if (a.isSigned === b.isSigned) return a.bitWidth >= b.bitWidth ? a : b;
  const [signed, unsigned] = a.isSigned ? [a, b] : [b, a];
  const bits = Math.max(signed.bitWidth, unsigned.bitWidth * 2);
  return bits <= 64 ? new Int(true, bits as Int['bitWidth']) : undefined;
}

function isNumber(type: DataType): boolean {
  return DataType.isInt(type) || DataType.isFloat(type);
}

/** Whether a float of 64 bits holds all values. */
function isExactFloat(type: DataType): boolean {
  if (DataType.isInt(type)) return type.bitWidth <= 32;
  return DataType.isFloat(type) && type.precision !== Precision.HALF;
}

function isLarge(type: DataType): boolean {
  return DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
}

function unifyNested(a: DataType, b: DataType): DataType | undefined {
  const isAlike =
    (DataType.isList(a) && DataType.isList(b)) ||
    (DataType.isLargeList(a) && DataType.isLargeList(b)) ||
    (DataType.isFixedSizeList(a) && DataType.isFixedSizeList(b) && a.listSize === b.listSize) ||
    (DataType.isStruct(a) && DataType.isStruct(b) && haveSameNames(a.children, b.children));
  if (!isAlike) return undefined;
  const children = (a.children as Field[]).map((child, k) =>
    unifyFields(child, b.children[k] as Field),
  );
  if (children.includes(undefined)) return undefined;
  return Object.assign(Object.create(a), { children });
}

function haveSameNames(a: readonly Field[], b: readonly Field[]): boolean {
  return a.length === b.length && a.every(({ name }, k) => name === b[k]?.name);
}
