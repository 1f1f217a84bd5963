import { DataType, type Field, type RecordBatch, Vector } from 'apache-arrow';
import { isWhole } from '../../encode/cells/column-types.js';
import { forEachWhole, readFloats, validityOf } from '../../encode/cells/column-values.js';
import type { ColumnEncoder } from '../../encode/encoder.js';
import { knownBounds } from '../../encode/values/known-values.js';
import { type CellValue, showText } from '../../encode/values/value.js';
import { InvalidOptionError } from '../../errors.js';
import { cellText } from './cell-text.js';
import {
  type CellRange,
  type RatioConditions,
  type RatioValues,
  ratioConditions,
} from './options.js';
import { findColumn, type RuledTable } from './resolve.js';

/** A column whose values lie between bounds, in the units of its cells. */
export interface ResolvedRange {
  readonly column: number;
  readonly field: Field;
  readonly low: number | bigint;
  readonly high: number | bigint;
}

/** Conditions apart: what rows are made to have, and the ranges that they are chosen by. */
export interface SplitConditions {
  /** Undefined where there is nothing but ranges. */
  readonly values: RatioValues | undefined;
  readonly ranges: readonly ResolvedRange[];
}

/** Whether a wanted cell is a range of them. */
export function isRange(value: CellValue | CellRange): value is CellRange {
  return Array.isArray(value);
}

/**
 * Takes ranges apart from wanted values.
 *
 * @param encoders Of the columns that are learned, to refuse what lies outside all that they make.
 * @throws InvalidOptionError for a column that is not there or has no order, and for a range in which
 * nothing lies.
 */
export function splitConditions(
  conditions: RatioConditions | undefined,
  { schema, rules }: RuledTable,
  encoders: readonly ColumnEncoder[] = [],
): SplitConditions {
  if (!conditions) return { values: undefined, ranges: [] };
  const { where = {}, balance, ratio } = conditions;
  const values: [string, CellValue][] = [];
  const ranges: ResolvedRange[] = [];
  for (const [name, value] of Object.entries(where)) {
    if (!isRange(value)) {
      values.push([name, value]);
      continue;
    }
    const column = findColumn(schema, name, 'where');
    const range = resolveRange(schema.fields[column] as Field, column, value);
    const isRuled = rules.some(({ columns }) => columns.includes(name));
    // What a rule says of a column is not in its encoder alone.
    if (!isRuled) checkBounds(range, encoders[column]);
    ranges.push(range);
  }
  return { values: ratioConditions({ where: Object.fromEntries(values), balance }, ratio), ranges };
}

/**
 * A range in terms of a column.
 *
 * @throws InvalidOptionError
 */
export function resolveRange(field: Field, column: number, [from, to]: CellRange): ResolvedRange {
  const { name, type } = field;
  if (!isWhole(type) && !DataType.isFloat(type)) {
    throw new InvalidOptionError(
      `where.${name} cannot be a range: the column is of type ${type}, whose values have no order. ` +
        'Name one value',
    );
  }
  const bound = (value: CellValue, open: number) => {
    if (value === null) return open;
    const text = cellText(field, value) as string;
    return isWhole(type) ? BigInt(text) : Number(text);
  };
  const [low, high] = [bound(from, Number.NEGATIVE_INFINITY), bound(to, Number.POSITIVE_INFINITY)];
  if (low <= high) return { column, field, low, high };
  throw new InvalidOptionError(
    `where.${name} is a range in which nothing lies: ${from} to ${to}. Give the lower bound first`,
  );
}

/** Refuses a range that lies outside of all that a model makes. */
function checkBounds({ field, low, high }: ResolvedRange, encoder: ColumnEncoder | undefined) {
  const bounds = encoder && knownBounds(field, encoder);
  if (!bounds || (low <= bounds.highest && high >= bounds.lowest)) return;
  const shown = [bounds.lowest, bounds.highest].map((each) => showText(field.type, String(each)));
  throw new InvalidOptionError(
    `where.${field.name} is a range that the data which the model was trained on did not have. ` +
      `It had ${shown.join(' to ')}`,
  );
}

/** Whether each row of a batch lies in all ranges; null and NaN lie in none. */
export function rowsInRanges(batch: RecordBatch, ranges: readonly ResolvedRange[]): boolean[] {
  const inside: boolean[] = Array.from({ length: batch.numRows }, () => true);
  for (const { column, low, high } of ranges) {
    const data = batch.data.children[column];
    if (data) keepInside(new Vector([data]), low, high, inside);
  }
  return inside;
}

function keepInside(
  vector: Vector,
  low: number | bigint,
  high: number | bigint,
  inside: boolean[],
): void {
  const isInside = (value: number | bigint) => value >= low && value <= high;
  const own = new Uint8Array(inside.length);
  if (DataType.isFloat(vector.type)) {
    const valid = validityOf(vector);
    for (const [row, value] of readFloats(vector).entries()) {
      own[row] = valid?.[row] !== 0 && isInside(value) ? 1 : 0;
    }
  } else {
    forEachWhole(vector, (value, row) => {
      own[row] = isInside(value) ? 1 : 0;
    });
  }
  for (const [row, isIn] of own.entries()) if (isIn === 0) inside[row] = false;
}

/** A range in words. */
export function showRange({ field, low, high }: ResolvedRange): string {
  const shown = (bound: number | bigint) =>
    Number.isFinite(Number(bound)) ? showText(field.type, String(bound)) : '…';
  return `${field.name} from ${shown(low)} to ${shown(high)}`;
}
