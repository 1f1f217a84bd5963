import { DataType, IntervalUnit, type RecordBatch, TimeUnit } from 'apache-arrow';
import { describeType } from '../../../src/data/schema/describe.js';
import { exactRows } from './exact.js';

/** How many there are in each unit of time. */
export const nanoseconds: Record<number, bigint> = {
  [TimeUnit.SECOND]: 1_000_000_000n,
  [TimeUnit.MILLISECOND]: 1_000_000n,
  [TimeUnit.MICROSECOND]: 1000n,
  [TimeUnit.NANOSECOND]: 1n,
};
export const day = 86_400_000_000_000n;

/**
 * The values of the first column, so that what other libraries keep under another type is the same:
 * every bit counts; units, widths of integers and offsets, and dictionaries do not.
 */
export function canonicalColumn(batches: readonly RecordBatch[]): unknown[] {
  return canonicalRows(batches).map(([value]) => value);
}

/** The same of all columns. */
export function canonicalRows(batches: readonly RecordBatch[]): unknown[][] {
  const fields = batches[0]?.schema.fields ?? [];
  return exactRows(batches).map((row) =>
    row.map((value, column) => canonical(fields[column]?.type as DataType, value)),
  );
}

/** What sort of values the column has: within one, values of any two types can be compared. */
export function familyOf(type: DataType): string {
  if (DataType.isDictionary(type)) return familyOf(type.dictionary);
  if (DataType.isFloat(type)) return describeType(type);
  if (DataType.isDate(type) || DataType.isTimestamp(type)) return 'instant';
  if (DataType.isInt(type)) return 'integer';
  if (DataType.isDecimal(type)) return 'decimal';
  if (DataType.isTime(type)) return 'time';
  if (DataType.isDuration(type)) return 'duration';
  if (DataType.isInterval(type)) return 'interval';
  if (DataType.isBool(type)) return 'boolean';
  if (DataType.isNull(type)) return 'null';
  return type.children?.length > 0 || DataType.isStruct(type) ? 'nested' : 'bytes';
}

/** @param value as `exactRows` gives it. */
function canonical(type: DataType, value: unknown): unknown {
  if (value === null || DataType.isBool(type)) return value;
  if (DataType.isDictionary(type)) return canonical(type.dictionary, value);
  if (DataType.isUnion(type)) {
    return Object.fromEntries(
      Object.entries(value as object).map(([id, each]) => [
        id,
        child(type, childOf(type, id), each),
      ]),
    );
  }
  if (DataType.isStruct(type)) return (value as unknown[]).map((each, k) => child(type, k, each));
  if (Array.isArray(value)) return value.map((each) => child(type, 0, each));
  return scalar(type, value as string);
}

function child(type: DataType, index: number, value: unknown): unknown {
  return canonical(type.children[index]?.type as DataType, value);
}

function childOf(type: DataType, id: string): number {
  return (
    (type as never as { typeIdToChildIndex: Record<string, number> }).typeIdToChildIndex[id] ?? 0
  );
}

function scalar(type: DataType, hex: string): unknown {
  if (DataType.isInt(type)) return String(type.isSigned ? signed(hex) : unsigned(hex));
  if (DataType.isDecimal(type)) return `${signed(hex)}e-${type.scale}`;
  if (DataType.isDate(type)) return String(signed(hex) * (hex.length === 8 ? day : 1_000_000n));
  if (DataType.isTime(type) || DataType.isTimestamp(type) || DataType.isDuration(type)) {
    return String(signed(hex) * (nanoseconds[type.unit] ?? 0n));
  }
  if (DataType.isInterval(type)) return interval(type.unit, hex);
  return hex;
}

/** Months, days and nanoseconds. */
function interval(unit: IntervalUnit, hex: string): string[] {
  const [first, second] = [signed(hex.slice(0, 8)), signed(hex.slice(8, 16) || '00')];
  const parts = {
    [IntervalUnit.YEAR_MONTH]: [first, 0n, 0n],
    [IntervalUnit.DAY_TIME]: [0n, first, second * 1_000_000n],
    [IntervalUnit.MONTH_DAY_NANO]: [first, second, signed(hex.slice(16) || '00')],
  };
  return parts[unit].map(String);
}

function unsigned(hex: string): bigint {
  return BigInt(`0x${Buffer.from(hex, 'hex').reverse().toString('hex')}`);
}

function signed(hex: string): bigint {
  return BigInt.asIntN(hex.length * 4, unsigned(hex));
}
