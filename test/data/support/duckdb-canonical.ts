import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimeNSValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { DataType, type Field } from 'apache-arrow';
import { halfToNumber } from '../../../src/data/tensor/float16.js';
import { day, nanoseconds } from './canonical.js';

/** A value of DuckDB as `canonicalRows` gives that of an Arrow column, floats as `floatsAsText`. */
export function canonicalOfDuckDb(type: DataType, value: DuckDBValue): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (DataType.isDictionary(type)) return canonicalOfDuckDb(type.dictionary, value);
  const child = (index: number, each: DuckDBValue | undefined) =>
    canonicalOfDuckDb((type.children[index] as Field).type, each ?? null);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return value.items.map((each) => child(0, each));
  }
  if (value instanceof DuckDBMapValue) {
    const [key, item] = (type.children[0] as Field).type.children as [Field, Field];
    return value.entries.map((entry) => [
      canonicalOfDuckDb(key.type, entry.key),
      canonicalOfDuckDb(item.type, entry.value),
    ]);
  }
  if (value instanceof DuckDBStructValue) {
    return type.children.map(({ name }, index) => child(index, value.entries[name]));
  }
  return leaf(type, value);
}

function leaf(type: DataType, value: DuckDBValue): unknown {
  if (value instanceof DuckDBDateValue) return String(BigInt(value.days) * day);
  if (value instanceof DuckDBDecimalValue) return `${value.value}e-${value.scale}`;
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex');
  if (value instanceof DuckDBTimestampMillisecondsValue) return String(value.millis * 1_000_000n);
  if (value instanceof DuckDBTimestampNanosecondsValue) return String(value.nanos);
  if (value instanceof DuckDBTimeNSValue) return String(value.nanos);
  if (
    value instanceof DuckDBTimestampValue ||
    value instanceof DuckDBTimestampTZValue ||
    value instanceof DuckDBTimeValue
  ) {
    return String(value.micros * 1000n);
  }
  if (value instanceof DuckDBIntervalValue) {
    return [value.months, value.days, value.micros * 1000n].map(String);
  }
  if (typeof value === 'string') return Buffer.from(value).toString('hex');
  if (DataType.isFloat(type)) return numberText(value as number);
  return String(BigInt(value as bigint | number) * unitOf(type));
}

/** Durations are plain integers to DuckDB. */
function unitOf(type: DataType): bigint {
  return DataType.isDuration(type) ? (nanoseconds[type.unit] ?? 1n) : 1n;
}

/** Canonical values with floats as text, as DuckDB has no other halves than floats, and one NaN. */
export function floatsAsText(type: DataType, value: unknown): unknown {
  if (value === null) return null;
  if (DataType.isDictionary(type)) return floatsAsText(type.dictionary, value);
  if (DataType.isFloat(type)) return numberText(floatOf(Buffer.from(value as string, 'hex')));
  if (!Array.isArray(value) || !type.children?.length) return value;
  return value.map((each, index) => {
    const field = type.children[DataType.isStruct(type) ? index : 0] as Field;
    return floatsAsText(field.type, each);
  });
}

function floatOf(bytes: Buffer): number {
  if (bytes.length === 2) return halfToNumber(bytes.readUInt16LE());
  return bytes.length === 4 ? bytes.readFloatLE() : bytes.readDoubleLE();
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
