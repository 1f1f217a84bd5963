import { type Data, DataType, DateUnit, makeData, TimeUnit } from 'apache-arrow';
import fc from 'fast-check';

/**
 * Which numbers dates, times, timestamps, durations and intervals hold: 'any' bits; 'parquet', whose
 * intervals are not negative and whose seconds have milliseconds; or 'real', a time within a day and
 * an instant that still has nanoseconds, so that other libraries can convert it.
 */
export type InstantRange = 'any' | 'parquet' | 'real';

/**
 * Random dates, times, timestamps, durations and intervals, where not all bits are good; undefined
 * where they are, and for other types.
 */
export function arbitraryInstants(
  type: DataType,
  length: number,
  instants: InstantRange,
): fc.Arbitrary<{ data: BigInt64Array | Int32Array }> | undefined {
  if (instants === 'any') return undefined;
  if (DataType.isInterval(type)) {
    const words = length * (makeData({ type, length: 0 } as never) as Data).stride;
    return arrayOf(fc.integer({ min: 0, max: 2 ** 31 - 1 }), words).map((each) => ({
      data: Int32Array.from(each),
    }));
  }
  const most = instants === 'real' || isSeconds(type) || isDate64(type) ? largest(type) : undefined;
  if (most === undefined) return undefined;
  const min = DataType.isTime(type) ? 0n : -most;
  const factor = DataType.isDate(type) && type.unit === DateUnit.MILLISECOND ? 86_400_000n : 1n;
  return arrayOf(fc.bigInt({ min, max: most }), length).map((each) => {
    const values = each.map((value) => value * factor);
    const isBig = type.ArrayType === BigInt64Array;
    return { data: isBig ? BigInt64Array.from(values) : Int32Array.from(values, Number) };
  });
}

function arrayOf<T>(item: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> {
  return fc.array(item, { minLength: length, maxLength: length });
}

/** The largest number that other libraries can convert. */
function largest(type: DataType): bigint | undefined {
  if (DataType.isTimestamp(type) || DataType.isDuration(type)) {
    return (2n ** 63n - 2n) / (perSecond(TimeUnit.NANOSECOND) / perSecond(type.unit));
  }
  if (DataType.isTime(type)) return 86_400n * perSecond(type.unit) - 1n;
  return DataType.isDate(type) ? 2_900_000n : undefined;
}

/** Those of Parquet are whole days. */
function isDate64(type: DataType): boolean {
  return DataType.isDate(type) && type.unit === DateUnit.MILLISECOND;
}

/** Parquet has milliseconds. */
function isSeconds(type: DataType): boolean {
  return (DataType.isTimestamp(type) || DataType.isTime(type)) && type.unit === TimeUnit.SECOND;
}

function perSecond(unit: TimeUnit): bigint {
  return 1000n ** BigInt(unit);
}
