import { DataType, type Field, type Vector } from 'apache-arrow';
import { readTexts } from './cells/column-texts.js';
import { isTemporal, isTextable, isWhole, levelCapacity } from './cells/column-types.js';
import { wholeRange } from './cells/column-values.js';
import { countDistinct, isNumbering, isSequence } from './cells/distinct.js';
import type { ColumnOptions } from './column-options.js';
import { countLevels } from './columns/categorical.js';
import { canBeIdentifier } from './columns/identifier.js';

/** What a column can be fitted as. */
export type FittedKind = NonNullable<ColumnOptions['kind']> | 'constant' | 'unmodelled';

/** Numbers with no more distinct values than this, each of 10 rows on average, are categories. */
const fewValues = 20;
const rowsPerValue = 10;

/** Below this many rows, distinct numbers, or texts, say nothing. */
const identifierNumbers = 50;
const identifierTexts = 10;

/** Text of which more rows than this share have it to themselves names rows, or is prose. */
const loneShare = 0.5;

/**
 * How a column is best learned.
 *
 * One value: constant. Numbers (floats too) of at most 20 values, in 10 rows each on average:
 * categorical, so that they come out exactly and can be conditioned on. Integers without nulls that
 * number more than 50 rows: identifier (see `numbersRows`). Text
 * of more levels than allowed, or of which more than half of at least 10 rows occur once:
 * identifier. What has no exact text: unmodelled.
 */
export function automaticKind(
  field: Field,
  sample: Vector,
  nulls: number,
  maximumLevels: number,
): FittedKind {
  const { type } = field;
  if (!isTextable(type)) return 'unmodelled';
  if (nulls === sample.length) return 'null';
  const rows = sample.length - nulls;
  if (DataType.isFloat(type) || isWhole(type)) return numericKind(field, sample, rows);
  const levels = countLevels(readTexts(sample)).filter(({ text }) => text !== null);
  if (levels.length === 1 && nulls === 0) return 'constant';
  if (DataType.isBool(type)) return 'boolean';
  const lone = levels.filter(({ count }) => count === 1).length;
  const names = rows >= identifierTexts && lone > loneShare * rows;
  const few = levels.length <= Math.min(maximumLevels, levelCapacity(type));
  if (few && !names) return 'categorical';
  return canBeIdentifier(type) ? 'identifier' : 'unmodelled';
}

function numericKind({ name, type }: Field, sample: Vector, rows: number): FittedKind {
  const distinct = countDistinct(sample, fewValues);
  if (distinct === 1) return 'constant';
  if (isTemporal(type)) return 'temporal';
  if (distinct <= fewValues && rows >= rowsPerValue * distinct) return 'categorical';
  if (DataType.isFloat(type)) return 'continuous';
  const all = rows === sample.length && rows > identifierNumbers;
  return DataType.isInt(type) && all && numbersRows(name, sample) ? 'identifier' : 'integer';
}

/** Names of columns that name rows, and of those that say something, however they lie. */
const namesRows =
  /(^$|(^|[^a-z])(id|ids|idx|index|key|no|nr|num|number|row|rownames|rowid|serial|uid)$|[a-z]I[dD]$)/;
const saysSomething = /year|rank|quarter|month|week|day|date|time|score|count|population/i;

/** Years are counted in order, too. */
const years = { first: 1500n, last: 2200n };

/**
 * Whether integers that are all different number the rows: they count up by one in the order of the
 * rows, and are not years, or have a name like `id` and rise, or lie close together. Times, amounts
 * and ranks that the table is sorted by do not.
 */
function numbersRows(name: string, sample: Vector): boolean {
  if (saysSomething.test(name)) return false;
  if (namesRows.test(name) || namesRows.test(name.toLowerCase())) {
    return isSequence(sample) || isNumbering(sample);
  }
  const range = wholeRange(sample);
  if (!range || range.maximum - range.minimum !== BigInt(sample.length - 1)) return false;
  const areYears = range.minimum >= years.first && range.maximum <= years.last;
  return !areYears && isSequence(sample);
}
