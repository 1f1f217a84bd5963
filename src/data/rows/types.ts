import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Float64,
  Int32,
  Int64,
  TimestampMicrosecond,
  TimestampMillisecond,
  Utf8,
} from 'apache-arrow';

const plainTypes = {
  boolean: () => new Bool(),
  int32: () => new Int32(),
  int64: () => new Int64(),
  float64: () => new Float64(),
  date: () => new DateDay(),
  timestamp: () => new TimestampMicrosecond(),
  timestamptz: () => new TimestampMicrosecond('UTC'),
  utf8: () => new Utf8(),
  binary: () => new Binary(),
} as const;

/** Types of columns by name, and how decimals are named. */
export const rowTypeNames = [...Object.keys(plainTypes), 'decimal(precision, scale)'];

/**
 * The type of a column: by name, such as 'int64' or 'decimal(10, 2)', or one of apache-arrow. A
 * 'timestamp' is of any clock, a 'timestamptz' of UTC; both have microseconds.
 */
export type RowType = keyof typeof plainTypes | `decimal(${string})` | DataType;

/** A type of apache-arrow; undefined for a name that there is not. */
export function parseRowType(type: RowType | string): DataType | undefined {
  if (typeof type !== 'string') return type;
  if (Object.hasOwn(plainTypes, type)) return plainTypes[type as keyof typeof plainTypes]();
  const match = /^decimal\(\s*(\d{1,2})\s*,\s*(\d{1,2})\s*\)$/.exec(type);
  const [precision, scale] = [Number(match?.[1]), Number(match?.[2])];
  const isType = match !== null && precision >= 1 && precision <= mostDigits && scale <= precision;
  return isType ? new Decimal(scale, precision, 128) : undefined;
}

/** Digits of the widest decimal that is made. */
export const mostDigits = 38;

/** The type of a `Date`: it has milliseconds, of UTC. */
export const instantType = () => new TimestampMillisecond('UTC');
