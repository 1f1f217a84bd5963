import {
  Bool,
  type DataType,
  DateDay,
  Float64,
  Int64,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';
import { parseDay, parseInstant } from './calendar.js';

/** Types of CSV columns. A `timestamptz` has a zone in each cell; it becomes a timestamp in UTC. */
export const csvTypes = [
  'boolean',
  'int64',
  'float64',
  'date',
  'timestamp',
  'timestamptz',
  'utf8',
] as const;

/** What the cells of a CSV column are read as. */
export type CsvType = (typeof csvTypes)[number];

/** A cell as the number that Arrow holds; text stays text. */
export type CsvValue = number | bigint | string;

/** How cells of a type are read. */
export interface CellReader {
  readonly type: () => DataType;
  /** The value of a cell, undefined if it does not fit: any way to write it is good. */
  readonly read: (text: string) => CsvValue | undefined;
  /** Whether a cell says that the column has this type: nothing of its text may get lost. */
  readonly suggests: (text: string) => boolean;
}

const lowest = -(2n ** 63n);
const highest = 2n ** 63n - 1n;

const booleans: Readonly<Record<string, number>> = { true: 1, false: 0, 1: 1, 0: 0 };
const specialFloats: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
};

/** How cells are read, by type. */
export type CellReaders = Readonly<Record<CsvType, CellReader>>;

/** How cells are read, by type, in the order in which inference tries them. */
export const cellReaders: CellReaders = {
  boolean: {
    type: () => new Bool(),
    read: (text) => booleans[text.trim().toLowerCase()],
    suggests: (text) => /^(true|false|True|False|TRUE|FALSE)$/.test(text),
  },
  int64: {
    type: () => new Int64(),
    read: readInt,
    // A zero in front is part of a code, such as a postcode.
    suggests: (text) => /^(0|-?[1-9]\d*)$/.test(text) && readInt(text) !== undefined,
  },
  float64: { type: () => new Float64(), read: readFloat, suggests: suggestsFloat },
  date: {
    type: () => new DateDay(),
    read: (text) => parseDay(text.trim()),
    suggests: (text) => parseDay(text) !== undefined,
  },
  timestamp: instantReader(false),
  timestamptz: instantReader(true),
  utf8: { type: () => new Utf8(), read: (text) => text, suggests: () => true },
};

/** Characters of a number, at most: patterns and whole numbers of more take long. */
const longestNumber = 400;

function readInt(text: string): bigint | undefined {
  const trimmed = text.trim();
  if (trimmed.length > longestNumber) return undefined;
  if (!/^[+-]?\d+$/.test(trimmed)) return undefined;
  const value = BigInt(trimmed.replace('+', ''));
  return value < lowest || value > highest ? undefined : value;
}

function readFloat(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed.length > longestNumber) return undefined;
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) {
    const value = Number(trimmed);
    return Number.isFinite(value) ? value : undefined;
  }
  const special = specialFloats[trimmed.replace(/^[+-]/, '').toLowerCase()];
  return special !== undefined && trimmed.startsWith('-') ? -special : special;
}

function suggestsFloat(text: string): boolean {
  // A plus in front is part of a telephone number, a zero of a code, and '12E4' is a code, too:
  // programs that write numbers write 1.2E5 or 12E+4.
  if (/^(\+|-?0\d|-?\d+E\d)/.test(text)) return false;
  const value = text === text.trim() ? readFloat(text) : undefined;
  // Digits alone are a whole number, which a float must not round.
  const isWhole = value !== undefined && /^-?\d+$/.test(text);
  return value !== undefined && !(isWhole && BigInt(text) !== BigInt(value));
}

function instantReader(zoned: boolean): CellReader {
  const read = (text: string) => {
    const instant = parseInstant(text);
    return instant?.zoned === zoned ? instant.microseconds : undefined;
  };
  return {
    type: () => new TimestampMicrosecond(zoned ? 'UTC' : null),
    read: (text) => read(text.trim()),
    suggests: (text) => read(text) !== undefined,
  };
}
