import { DataType, DateUnit } from 'apache-arrow';
import { unitsPerSecond } from '../values/temporal.js';
import { type Zone, zoneOf } from '../values/zone.js';

/** How dates and times are counted: by the wall clock of their time zone, or by months of it. */
export type CalendarKind = 'wall' | 'month';

/** Dates or timestamps as whole numbers in which a step is always as long. */
export interface Calendar {
  toIndex(value: bigint): bigint;
  fromIndex(index: bigint): bigint;
}

const day = 86_400_000;

/** Nearly what a Date holds, a year from its limits: offsets and months beyond are those there. */
const mostMilliseconds = 8.64e15 - 366 * day;

function keepToDates(milliseconds: bigint): number {
  return Math.max(-mostMilliseconds, Math.min(mostMilliseconds, Number(milliseconds)));
}

/**
 * Counts wall clock units, or months that begin like the month of `origin`: on its day and at its
 * time. Undefined for types without a calendar, and for unknown time zones.
 */
export function calendarOf(
  type: DataType,
  kind: CalendarKind,
  origin: bigint,
): Calendar | undefined {
  const zone = DataType.isTimestamp(type) ? zoneOf(type.timezone) : zoneOf('UTC');
  const units = unitsPerMillisecond(type);
  if (!zone || units === undefined) return undefined;
  const wall = wallClock(zone, units);
  return kind === 'wall' ? wall : months(wall, units, origin);
}

/** Units of a type in a millisecond, as a fraction; undefined for types that are no instants. */
function unitsPerMillisecond(type: DataType): Fraction | undefined {
  if (DataType.isDate(type)) {
    const isDays = type.unit === DateUnit.DAY;
    return { units: 1n, milliseconds: isDays ? BigInt(day) : 1n };
  }
  if (!DataType.isTimestamp(type)) return undefined;
  return { units: unitsPerSecond(type.unit), milliseconds: 1000n };
}

interface Fraction {
  readonly units: bigint;
  readonly milliseconds: bigint;
}

function floorDivide(value: bigint, by: bigint): bigint {
  const rest = value % by;
  return (value - (rest < 0n ? rest + by : rest)) / by;
}

function wallClock(zone: Zone, { units, milliseconds }: Fraction): Calendar {
  // Zones are off by whole seconds: what is below stays as it is.
  const shift = (value: bigint, move: (time: number) => number) => {
    const seconds = floorDivide(value * milliseconds, units * 1000n);
    const time = keepToDates(seconds * 1000n);
    const moved = BigInt(move(time) - time);
    return value + (moved * units) / milliseconds;
  };
  return {
    toIndex: (value) => shift(value, zone.toWall),
    fromIndex: (index) => shift(index, zone.toInstant),
  };
}

function months(wall: Calendar, { units, milliseconds }: Fraction, origin: bigint): Calendar {
  const startOf = (month: number) => {
    const date = new Date(0);
    date.setUTCFullYear(1970 + Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
    return (BigInt(date.getTime()) * units) / milliseconds;
  };
  const monthOf = (value: bigint) => {
    const date = new Date(keepToDates(floorDivide(value * milliseconds, units)));
    return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  };
  const first = wall.toIndex(origin);
  const anchor = first - startOf(monthOf(first));
  return {
    toIndex: (value) => BigInt(monthOf(wall.toIndex(value))),
    fromIndex: (index) => wall.fromIndex(startOf(Number(index)) + anchor),
  };
}

/** Bits by which a date that is the first of its month is no chance. */
const bitsPerMonth = Math.log2(28);
const monthBits = 20;

/** The calendar that all values are on a coarser grid of, if there is one. */
export function findCalendar(
  type: DataType,
  values: readonly bigint[],
  origin: bigint,
): CalendarKind | undefined {
  const monthly = calendarOf(type, 'month', origin);
  if (!monthly) return undefined;
  const distinct = new Set<bigint>();
  let isMonthly = true;
  for (const value of values) {
    const index = monthly.toIndex(value);
    if (monthly.fromIndex(index) !== value) {
      isMonthly = false;
      break;
    }
    distinct.add(index);
  }
  if (isMonthly && (distinct.size - 1) * bitsPerMonth >= monthBits) return 'month';
  return DataType.isTimestamp(type) && type.timezone && type.timezone !== 'UTC'
    ? 'wall'
    : undefined;
}
