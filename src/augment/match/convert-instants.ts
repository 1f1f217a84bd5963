import { Data, DataType, DateUnit, TimeUnit } from 'apache-arrow';
import { wholeRun } from '../../data/gather/runs.js';
import { gatherValidity } from '../../data/gather/validity.js';
import { describeType } from '../../data/schema/describe.js';
import { exactReader } from '../../data/text/scalars.js';
import { buildWhole } from '../../encode/cells/column-build.js';
import { wholeBounds } from '../../encode/cells/column-types.js';
import { wholeReader } from '../../encode/cells/column-values.js';
import type { DataError } from '../../errors.js';

/** The error for a value, as it is shown, that a type does not hold. */
export type Misfit = (value: string, type: string) => DataError;

const second = 1_000_000_000n;
const day = 86_400n * second;

/** Nanoseconds of units of time. */
const unitNanoseconds: Readonly<Record<TimeUnit, bigint>> = {
  [TimeUnit.SECOND]: second,
  [TimeUnit.MILLISECOND]: 1_000_000n,
  [TimeUnit.MICROSECOND]: 1000n,
  [TimeUnit.NANOSECOND]: 1n,
};

/**
 * Dates, timestamps, times or durations in the unit of another type.
 *
 * @throws DataError of `misfit` for the first that the unit would round, or that is beyond the type.
 */
export function convertInstants(type: DataType, data: Data, misfit: Misfit): Data {
  const { length } = data;
  const read = wholeReader(data);
  const factor = nanosecondsOf(data.type);
  const divisor = nanosecondsOf(type);
  // Dates in milliseconds hold days, too.
  const step = DataType.isDate(type) ? day : divisor;
  const { minimum, maximum } = wholeBounds(type);
  const values = Array.from({ length }, (_, row) => {
    if (!data.getValid(row)) return 0n;
    const nanoseconds = BigInt(read(row)) * factor;
    const value = nanoseconds / divisor;
    const isHeld = nanoseconds % step === 0n && value >= minimum && value <= maximum;
    if (isHeld) return value;
    throw misfit(exactReader(data)?.(row) ?? String(read(row)), describeType(type));
  });
  const { nullCount, nullBitmap } = gatherValidity([data], wholeRun(length));
  const buffers = [undefined, buildWhole(type, values).values, nullBitmap] as never;
  return new Data(type, 0, length, nullCount, buffers);
}

function nanosecondsOf(type: DataType): bigint {
  if (DataType.isDate(type) && type.unit === DateUnit.DAY) return day;
  if (DataType.isDate(type)) return unitNanoseconds[TimeUnit.MILLISECOND];
  return unitNanoseconds[(type as DataType & { unit: TimeUnit }).unit];
}
