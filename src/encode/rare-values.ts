import { DataType, type RecordBatch, type Schema, Vector } from 'apache-arrow';
import { gatherData } from '../data/gather/data.js';
import { createRunList } from '../data/gather/runs.js';
import { readTexts } from './cells/column-texts.js';
import { forEachWhole, readFloats, validityOf } from './cells/column-values.js';
import { countLevels, type Level } from './columns/categorical.js';
import type { ColumnEncoder } from './encoder.js';
import { columnOf } from './table.js';

/** Values of a column that are neither made nor saved, as few rows have them. */
export interface HeldBack {
  /** Name of the column. */
  readonly column: string;
  /** How many values. */
  readonly levels: number;
  /** Rows that have them. */
  readonly rows: number;
}

const isRare = ({ text, count }: Level, least: number) => text !== null && count < least;

/** The levels that at least so many rows have; null is no value, and stays. */
export function commonLevels(levels: readonly Level[], least: number): Level[] {
  return levels.filter((level) => !isRare(level, least));
}

/** Whether each row of a column has a value that fewer than `least` rows have; null is no value. */
export function rareRows(vector: Vector, least: number): Uint8Array {
  const texts = readTexts(vector);
  if (least <= 1) return new Uint8Array(texts.length);
  const rare = new Set(
    countLevels(texts).flatMap((level) => (isRare(level, least) ? [level.text] : [])),
  );
  return Uint8Array.from(texts, (text) => Number(rare.has(text)));
}

/** The values of categories that are held back, of the columns that have some. */
export function heldBack(
  schema: Schema,
  batches: readonly RecordBatch[],
  encoders: readonly ColumnEncoder[],
  least: number,
): HeldBack[] {
  if (least <= 1) return [];
  return schema.fields.flatMap(({ name }, column) => {
    const vector = columnOf(batches, column);
    const { kind = '' } = encoders[column] ?? {};
    if (!vector || !['categorical', 'boolean', 'resample'].includes(kind)) return [];
    const rare = countLevels(readTexts(vector)).filter((level) => isRare(level, least));
    const rows = rare.reduce((sum, { count }) => sum + count, 0);
    return rare.length > 0 ? [{ column: name, levels: rare.length, rows }] : [];
  });
}

/**
 * The rows of a column of numbers without its extremes: what lies beyond the `least`-th smallest and
 * the `least`-th largest, and NaN and infinities of fewer rows. Fitted to the others, an encoder knows
 * no bound of a single row. Null rows stay.
 */
export function withoutExtremes(vector: Vector, least: number): Vector {
  if (least <= 1) return vector;
  const isOut = DataType.isFloat(vector.type) ? floatsOut(vector, least) : wholesOut(vector, least);
  const runs = createRunList(vector.length);
  let start = 0;
  for (const [source, { length }] of vector.data.entries()) {
    for (let row = 0; row < length; row++) if (!isOut[start + row]) runs.add(source, row, 1);
    start += length;
  }
  if (runs.rows === vector.length) return vector;
  return new Vector([gatherData(vector.type, vector.data, runs)]);
}

function wholesOut(vector: Vector, least: number): Uint8Array {
  const out = new Uint8Array(vector.length);
  const ends = findEnds(least);
  forEachWhole(vector, ends.add);
  const [low, high] = ends.bounds();
  forEachWhole(vector, (value, row) => {
    out[row] = Number(value < low || value > high);
  });
  return out;
}

function floatsOut(vector: Vector, least: number): Uint8Array {
  const out = new Uint8Array(vector.length);
  const valid = validityOf(vector);
  const values = readFloats(vector);
  const ends = findEnds(least);
  const special = new Map<number, number>();
  values.forEach((value, row) => {
    if (valid?.[row] === 0) return;
    if (Number.isFinite(value)) ends.add(value);
    else special.set(value, (special.get(value) ?? 0) + 1);
  });
  const [low, high] = ends.bounds();
  values.forEach((value, row) => {
    if (valid?.[row] === 0) return;
    const count = special.get(value);
    out[row] = Number(count === undefined ? value < low || value > high : count < least);
  });
  return out;
}

/** Finds the `least`-th value from either end; of fewer than twice as many the middle ones. */
function findEnds(least: number) {
  const smallest: (number | bigint)[] = [];
  const largest: (number | bigint)[] = [];
  let count = 0;
  return {
    add(value: number | bigint) {
      count++;
      insert(smallest, value, (a, b) => a < b);
      insert(largest, value, (a, b) => a > b);
    },
    /** The lowest and the highest value that is not beyond them. */
    bounds(): readonly [number | bigint, number | bigint] {
      const place = Math.min(least, Math.ceil(count / 2)) - 1;
      return [smallest[place] ?? 0, largest[place] ?? 0];
    },
  };

  function insert(
    ordered: (number | bigint)[],
    value: number | bigint,
    isBefore: (a: number | bigint, b: number | bigint) => boolean,
  ): void {
    const last = ordered[least - 1];
    if (last !== undefined && !isBefore(value, last)) return;
    let place = ordered.length;
    while (place > 0 && isBefore(value, ordered[place - 1] as number | bigint)) place--;
    ordered.splice(place, 0, value);
    if (ordered.length > least) ordered.pop();
  }
}
