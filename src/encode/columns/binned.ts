import { DataType, type Field, type Vector } from 'apache-arrow';
import type { Random } from '../../random.js';
import { buildFloats, buildWhole, withValidity } from '../cells/column-build.js';
import { isWhole, wholeBounds } from '../cells/column-types.js';
import { readDistances, readFloats, validityOf } from '../cells/column-values.js';
import type { ColumnEncoder } from '../encoder.js';
import { listOf, type Members, numberOf, refuse, wholeOf } from '../json-checks.js';

/** Numbers of a column of a whole type are steps from an origin; those of floats are themselves. */
export interface NumberLine {
  readonly origin: bigint;
  readonly step: bigint;
}

/** The numbers of an interval, both ends included, and about how many rows have one. */
export interface Bin {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/** Intervals that a column of numbers is cut into. */
export interface Bins {
  /** Undefined for floats. */
  readonly line: NumberLine | undefined;
  /** In order, side by side. */
  readonly bins: readonly Bin[];
  /** About how many rows are null; undefined where none is made. */
  readonly nulls?: number | undefined;
}

/** Most bins of a saved encoder. */
const mostBins = 4096;

/**
 * An encoder of numbers, dates or times by intervals: one code for each row, the last one for null.
 *
 * Decoded numbers are drawn evenly from their interval: decode∘encode gives a number of the same
 * interval, and is exact where that holds one. Numbers beyond all intervals are taken into the nearest
 * one; NaN, and null where it is not made, into the one with the most rows.
 */
export function binned(field: Field, { line, bins, nulls }: Bins): ColumnEncoder {
  const { type } = field;
  const read = numberReader(type, line);
  const codeOfNull = nulls === undefined ? heaviest(bins) : bins.length;
  const counts = [...bins.map(({ count }) => count), ...(nulls === undefined ? [] : [nulls])];
  return {
    kind: 'binned',
    spans: [{ kind: 'onehot', width: counts.length, role: 'mode', counts }],
    encode(vector) {
      const numbers = read(vector);
      const codeOf = (value: number) => (Number.isNaN(value) ? heaviest(bins) : binOf(bins, value));
      const valid = validityOf(vector);
      return [
        Int32Array.from(numbers, (value, row) => (valid?.[row] === 0 ? codeOfNull : codeOf(value))),
      ];
    },
    decode([codes], rows, random) {
      const valid = new Int32Array(rows).fill(1);
      const numbers = new Float64Array(rows);
      for (let row = 0; row < rows; row++) {
        const bin = bins[codes?.[row] ?? 0];
        if (bin) numbers[row] = line ? drawWhole(bin, random) : drawReal(bin, random);
        else valid[row] = 0;
      }
      if (!line) return withValidity(buildFloats(type, numbers), valid);
      const values = Array.from(numbers, (steps) => line.origin + BigInt(steps) * line.step);
      return withValidity(buildWhole(type, values), valid);
    },
    toJSON: () => ({
      kind: 'binned',
      ...(line ? { origin: String(line.origin), step: String(line.step) } : {}),
      bins: bins.map(({ start, end, count }) => [start, end, count]),
      ...(nulls === undefined ? {} : { nulls }),
    }),
  };
}

/** Reads the numbers of a column; null rows hold anything. */
export function numberReader(
  type: DataType,
  line: NumberLine | undefined,
): (vector: Vector) => Float64Array {
  if (!line || DataType.isFloat(type)) return readFloats;
  const size = Number(line.step);
  return (vector) =>
    readDistances(vector, line.origin).map((distance) => Math.floor(distance / size));
}

/** The last bin that starts at a number or before; the first one for what lies before all. */
export function binOf(bins: readonly Pick<Bin, 'start'>[], value: number): number {
  let [low, high] = [0, bins.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((bins[middle] as Bin).start <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function heaviest(bins: readonly Bin[]): number {
  return bins.reduce((best, { count }, k) => (count > (bins[best] as Bin).count ? k : best), 0);
}

function drawWhole({ start, end }: Bin, random: Random): number {
  return Math.min(start + Math.floor(random.uniform() * (end - start + 1)), end);
}

function drawReal({ start, end }: Bin, random: Random): number {
  return Math.min(start + random.uniform() * (end - start), end);
}

/** Reads a saved encoder of intervals. */
export function binnedFromJSON(field: Field, members: Members): ColumnEncoder {
  const { type } = field;
  const isFloat = DataType.isFloat(type);
  if (!isFloat && !isWhole(type)) refuse(field, 'does not fit the type', String(type));
  const list = listOf(field, members, 'bins');
  if (list.length === 0 || list.length > mostBins) {
    refuse(field, 'has a bad number of bins', list.length);
  }
  const bins = list.map((each) => binFromJSON(field, each));
  const isWrong = ({ start, end }: Bin, k: number) =>
    end < start ||
    start < (bins[k - 1]?.end ?? Number.NEGATIVE_INFINITY) ||
    !(isFloat || (Number.isSafeInteger(start) && Number.isSafeInteger(end)));
  const wrong = bins.find(isWrong);
  if (wrong) refuse(field, 'has a bin that is no interval', wrong);
  const nulls = members.nulls === undefined ? undefined : numberOf(field, members, 'nulls', 0);
  if (nulls !== undefined && !field.nullable) refuse(field, 'makes nulls where none can be', nulls);
  if (isFloat) return binned(field, { line: undefined, bins, nulls });
  const line = {
    origin: wholeOf(field, members, 'origin'),
    step: wholeOf(field, members, 'step'),
  };
  if (line.step < 1n) refuse(field, 'has a bad step', members.step);
  const [first, last] = [bins[0] as Bin, bins.at(-1) as Bin];
  const ends = [first.start, last.end].map((steps) => line.origin + BigInt(steps) * line.step);
  const { minimum, maximum } = wholeBounds(type);
  if (ends.some((end) => end < minimum || end > maximum)) {
    refuse(field, 'has bins beyond the type', ends.map(String));
  }
  return binned(field, { line, bins, nulls });
}

function binFromJSON(field: Field, json: unknown): Bin {
  const isRight =
    Array.isArray(json) && json.length === 3 && json.every(Number.isFinite) && json[2] >= 0;
  if (!isRight) return refuse(field, 'has a bad bin', json);
  const [start, end, count] = json as [number, number, number];
  return { start, end, count };
}
