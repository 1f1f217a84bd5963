import {
  type Data,
  DataType,
  DateUnit,
  Field,
  Float64,
  Int64,
  makeData,
  Vector,
} from 'apache-arrow';
import { buildFloats, buildWhole } from '../cells/column-build.js';
import { isWhole, wholeBounds } from '../cells/column-types.js';
import { readFloats, wholeReader } from '../cells/column-values.js';
import type { ColumnEncoder } from '../encoder.js';
import { type Members, membersOf, refuse } from '../json-checks.js';
import {
  buildLists,
  flattenLists,
  itemField,
  type Lengths,
  lengthsFromJSON,
  listLengths,
  type SeriesEncoder,
} from './series.js';

/** Whether lists of such items can order events: floats, and whole numbers of up to 64 signed bits. */
export function canBeTimes({ type }: Field): boolean {
  if (DataType.isInt(type)) return type.isSigned || type.bitWidth < 64;
  return DataType.isFloat(type) || (isWhole(type) && !DataType.isDecimal(type));
}

/**
 * An encoder of lists of times that rise: the start of each row, as of a column of its own, and the gaps
 * between items. So synthetic times start like real ones, and keep their grid and their gaps.
 */
export function times(
  field: Field,
  start: ColumnEncoder,
  gaps: ColumnEncoder,
  lengths: Lengths,
): SeriesEncoder {
  return {
    ...{ kind: 'times', spans: start.spans, lengths, items: gaps },
    encode: (vector, random) => start.encode(startsOf(vector), random),
    decode: (spans, rows, random) => start.decode(spans, rows, random),
    flatten: gapsOf,
    build: (items, offsets, whole) =>
      buildLists(field, accumulate(itemField(field), whole, items, offsets), offsets),
    toJSON: () => ({ kind: 'times', ...lengths, start: start.toJSON(), gaps: gaps.toJSON() }),
  };
}

/** Reads a saved encoder of times; `read` reads those of starts and gaps. */
export function timesFromJSON(
  field: Field,
  members: Members,
  read: (field: Field, json: unknown) => ColumnEncoder,
): SeriesEncoder {
  const item = itemField(field);
  if (!canBeTimes(item)) refuse(field, 'does not fit the type', String(field.type));
  const start = read(item, membersOf(field, members.start));
  const gaps = read(gapField(item), membersOf(field, members.gaps));
  return times(field, start, gaps, lengthsFromJSON(field, members));
}

/** The field of the gaps between times: whole numbers of their unit, or floats. */
export function gapField({ name, type }: Field): Field {
  return new Field(name, DataType.isFloat(type) ? new Float64() : new Int64(), false);
}

/** The first item of each list; lists must not be empty. */
export function startsOf(vector: Vector): Vector {
  return pick(vector, firstsOf(vector));
}

/**
 * The gap before each item of all lists, in one column: that before the first item, which nothing is
 * known of, is as the next one, or 0.
 */
export function gapsOf(vector: Vector): Vector {
  const items = flattenLists(vector);
  const lengths = listLengths(vector);
  const isFloat = DataType.isFloat(items.type);
  const values = isFloat ? readFloats(items) : wholes(items);
  const gaps = isFloat ? new Float64Array(items.length) : new BigInt64Array(items.length);
  let first = 0;
  for (const length of lengths) {
    for (let k = 1; k < length; k++) {
      const [before, now] = [values[first + k - 1], values[first + k]];
      gaps[first + k] = (
        isFloat
          ? (now as number) - (before as number)
          : ((now as bigint) - (before as bigint)) / unitOf(items.type)
      ) as never;
    }
    if (length > 1) gaps[first] = gaps[first + 1] as never;
    first += length;
  }
  const type = isFloat ? new Float64() : new Int64();
  return new Vector([makeData({ type, data: gaps, length: gaps.length, nullCount: 0 } as never)]);
}

/** What gaps count, in units of the type: of dates, days. */
function unitOf(type: DataType): bigint {
  return DataType.isDate(type) && type.unit === DateUnit.MILLISECOND ? 86_400_000n : 1n;
}

/** The gaps that are known: those before all but the first item of each list. */
export function knownGaps(vector: Vector): Vector {
  const firsts = new Set(firstsOf(vector));
  const gaps = gapsOf(vector);
  const known = Array.from(gaps, (_, k) => k).filter((k) => !firsts.has(k));
  return pickItems(gaps, known.length > 0 ? known : [...firsts]);
}

function firstsOf(vector: Vector): number[] {
  let next = 0;
  return Array.from(listLengths(vector), (length) => {
    next += length;
    return next - length;
  });
}

function pick(vector: Vector, places: readonly number[]): Vector {
  return pickItems(flattenLists(vector), places);
}

function pickItems(items: Vector, places: readonly number[]): Vector {
  if (DataType.isFloat(items.type)) {
    const values = readFloats(items);
    const picked = Float64Array.from(places, (place) => values[place] as number);
    return new Vector([buildFloats(items.type, picked)]);
  }
  const values = wholes(items);
  return new Vector([
    buildWhole(
      items.type,
      places.map((place) => values[place] as bigint),
    ),
  ]);
}

function wholes(items: Vector): BigInt64Array {
  const values = new BigInt64Array(items.length);
  let row = 0;
  for (const data of items.data) {
    const read = wholeReader(data);
    for (let k = 0; k < data.length; k++) values[row++] = BigInt(read(k));
  }
  return values;
}

/** Items that begin with the starts and go on by the gaps, within what the type holds. */
function accumulate(item: Field, starts: Data, gaps: Data, offsets: Int32Array): Data {
  const count = offsets.at(-1) as number;
  if (DataType.isFloat(item.type)) {
    const [from, by] = [readFloats(new Vector([starts])), gaps.values as Float64Array];
    const values = new Float64Array(count);
    eachItem(offsets, (row, k, isFirst) => {
      values[k] = isFirst
        ? (from[row] as number)
        : (values[k - 1] as number) + Math.max(by[k] as number, 0);
    });
    return buildFloats(item.type, values);
  }
  const { maximum } = wholeBounds(item.type);
  const readStart = wholeReader(starts);
  const by = gaps.values as BigInt64Array;
  const unit = unitOf(item.type);
  const values = new Array<bigint>(count);
  eachItem(offsets, (row, k, isFirst) => {
    const gap = (by[k] as bigint) * unit;
    const value = isFirst
      ? BigInt(readStart(row))
      : (values[k - 1] as bigint) + (gap > 0n ? gap : 0n);
    values[k] = value < maximum ? value : maximum;
  });
  return buildWhole(item.type, values);
}

function eachItem(offsets: Int32Array, visit: (row: number, k: number, isFirst: boolean) => void) {
  for (let row = 0; row + 1 < offsets.length; row++) {
    const first = offsets[row] as number;
    for (let k = first; k < (offsets[row + 1] as number); k++) visit(row, k, k === first);
  }
}
