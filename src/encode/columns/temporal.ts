import { DataType, DateUnit, type Field, type Vector } from 'apache-arrow';
import { wholeRange } from '../cells/column-values.js';
import { commonStep, distancesFrom } from '../cells/granularity.js';
import type { ColumnEncoder } from '../encoder.js';
import type { ModeOptions } from '../modes/modes.js';
import { calendarOf, findCalendar } from './calendar.js';
import { fitWhole, type WholeRange } from './whole.js';

const millisecondsPerDay = 86_400_000n;

/** Fewer values could be on a grid by chance. */
const fewValues = 30;

/**
 * Fits a date, time, timestamp or duration column of any unit, by its distance from the earliest.
 *
 * Decoded values are whole units of the type, whole days for both kinds of date, and never outside
 * the range of the sample. If every value is on a grid, so is every decoded one: quarters of an hour,
 * weeks, midnights of the column's time zone, first days of months (see `commonStep` and
 * `findCalendar`). See `fitWhole` for the tolerance: dates are exact; a century of timestamps comes
 * back within 7 minutes, narrower modes within less.
 */
export function fitTemporal(
  field: Field,
  sample: Vector,
  options: ModeOptions = {},
): ColumnEncoder {
  const range = wholeRange(sample) ?? { minimum: 0n, maximum: 0n };
  const isMilliseconds = DataType.isDate(field.type) && field.type.unit === DateUnit.MILLISECOND;
  if (!isMilliseconds)
    return fitWhole('temporal', field, sample, gridOf(field.type, sample, range), options);
  const minimum = floorDay(range.minimum);
  const maximum = floorDay(range.maximum);
  const grid = gridOf(field.type, sample, { minimum, maximum });
  const step =
    grid.step % millisecondsPerDay === 0n || grid.calendar ? grid.step : millisecondsPerDay;
  return fitWhole('temporal', field, sample, { ...grid, step }, options);
}

function gridOf(
  type: DataType,
  sample: Vector,
  range: { minimum: bigint; maximum: bigint },
): WholeRange {
  const distances = distancesFrom(sample, range.minimum);
  const step = commonStep(distances);
  if (distances.length < fewValues) return { ...range, step };
  const values = distances.map((distance) => distance + range.minimum);
  const kind = findCalendar(type, values, range.minimum);
  const calendar = kind && calendarOf(type, kind, range.minimum);
  if (!kind || !calendar) return { ...range, step };
  const first = calendar.toIndex(range.minimum);
  const coarse = commonStep(values.map((value) => calendar.toIndex(value) - first));
  // The wall clock is worth it where its grid is coarser than that of the instants.
  if (kind === 'wall' && coarse <= step) return { ...range, step };
  return { ...range, step: coarse, calendar: kind };
}

function floorDay(milliseconds: bigint): bigint {
  const rest = milliseconds % millisecondsPerDay;
  return milliseconds - (rest < 0n ? rest + millisecondsPerDay : rest);
}
