import { DataType, DateUnit, type Field, TimeUnit, type Vector } from 'apache-arrow';
import { wholeRange } from '../cells/column-values.js';
import { commonStep } from '../cells/granularity.js';
import type { ColumnEncoder } from '../encoder.js';
import { fitWhole } from './whole.js';

const millisecondsPerDay = 86_400_000n;

/** Days, hours, minutes, seconds, milliseconds, microseconds: in nanoseconds. */
const naturalSteps = [86_400n, 3_600n, 60n, 1n]
  .map((seconds) => seconds * 1_000_000_000n)
  .concat(1_000_000n, 1_000n);

const nanosecondsPer = {
  [TimeUnit.SECOND]: 1_000_000_000n,
  [TimeUnit.MILLISECOND]: 1_000_000n,
  [TimeUnit.MICROSECOND]: 1_000n,
  [TimeUnit.NANOSECOND]: 1n,
};

/**
 * Fits a date, time, timestamp or duration column of any unit, by its distance from the earliest.
 *
 * Decoded values are whole units of the type, whole days for both kinds of date, and never outside
 * the range of the sample. If every value is on whole seconds, minutes, hours or days (UTC), so is
 * every decoded one (see `commonStep`). See `fitWhole` for the tolerance: dates are exact; a
 * century of timestamps comes back within 7 minutes, narrower modes within less.
 */
export function fitTemporal(field: Field, sample: Vector): ColumnEncoder {
  const range = wholeRange(sample) ?? { minimum: 0n, maximum: 0n };
  if (!DataType.isDate(field.type)) {
    const step = commonStep(sample, stepsIn(field.type.unit as TimeUnit));
    return fitWhole('temporal', field, sample, { ...range, step });
  }
  if (field.type.unit === DateUnit.DAY) {
    return fitWhole('temporal', field, sample, { ...range, step: 1n });
  }
  const minimum = floorDay(range.minimum);
  const maximum = floorDay(range.maximum);
  return fitWhole('temporal', field, sample, { minimum, maximum, step: millisecondsPerDay });
}

function stepsIn(unit: TimeUnit): bigint[] {
  return naturalSteps.map((step) => step / nanosecondsPer[unit]).filter((step) => step > 1n);
}

function floorDay(milliseconds: bigint): bigint {
  const rest = milliseconds % millisecondsPerDay;
  return milliseconds - (rest < 0n ? rest + millisecondsPerDay : rest);
}
