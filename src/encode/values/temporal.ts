import { DataType, DateUnit, TimeUnit } from 'apache-arrow';
import { type Zone, zoneOf } from './zone.js';

/** Units of a temporal type in a second; of a date, in a day. */
export function unitsPerSecond(unit: TimeUnit): bigint {
  return 1000n ** BigInt(unit);
}

const secondsPerDay = 86_400n;

/** Whole units of a temporal type for what people write; undefined for what they would not write so. */
export function parseTemporal(type: DataType, text: string): bigint | undefined {
  if (/^-?\d+$/.test(text)) return isInCalendar(type, BigInt(text)) ? undefined : BigInt(text);
  if (DataType.isDate(type)) return parseDate(type.unit, text);
  if (DataType.isTime(type)) return inUnits(parseClock(text, true), type.unit);
  if (DataType.isDuration(type)) return inUnits(parseDuration(text), type.unit);
  if (DataType.isTimestamp(type)) return parseTimestamp(type.unit, type.timezone, text);
  return undefined;
}

/** Whether a date or timestamp can be written as one: those far out are whole units of the type. */
function isInCalendar(type: DataType, value: bigint): boolean {
  if (DataType.isDate(type)) {
    return abs(value) <= lastDay * (type.unit === DateUnit.DAY ? 1n : 86_400_000n);
  }
  if (!DataType.isTimestamp(type)) return true;
  return abs(value) <= lastDay * secondsPerDay * unitsPerSecond(type.unit);
}

/** Days from 1970 that JavaScript has dates of, but for a few that time zones need. */
const lastDay = 99_999_990n;

const abs = (value: bigint) => (value < 0n ? -value : value);

/** Seconds as a whole number of parts, and how many parts a second has. */
interface Seconds {
  readonly parts: bigint;
  readonly perSecond: bigint;
}

function inUnits(seconds: Seconds | undefined, unit: TimeUnit): bigint | undefined {
  if (!seconds) return undefined;
  const scaled = seconds.parts * unitsPerSecond(unit);
  return scaled % seconds.perSecond === 0n ? scaled / seconds.perSecond : undefined;
}

function parseDate(unit: DateUnit, text: string): bigint | undefined {
  const days = /^([+-]?\d{4,6}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?)?$/.exec(text);
  const milliseconds = days ? wallOfDay(days[1] as string) : undefined;
  if (milliseconds === undefined) return undefined;
  return unit === DateUnit.DAY ? BigInt(milliseconds / 86_400_000) : BigInt(milliseconds);
}

/** Milliseconds of a day's beginning as if in UTC; undefined for a day that is not in the calendar. */
function wallOfDay(text: string): number | undefined {
  const match = /^([+-]?\d{4,6})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.getTime() : undefined;
}

/** `08:30`, `08:30:15.25`; of durations also `-100:00:00`. */
function parseClock(text: string, isTimeOfDay: boolean): Seconds | undefined {
  const match = /^(-?)(\d+):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?$/.exec(text);
  if (!match) return undefined;
  const [sign, hours = '', minutes = '', seconds = '0', fraction = ''] = match.slice(1);
  if (isTimeOfDay && (sign || hours.length > 2 || Number(hours) > 23)) return undefined;
  const whole = (BigInt(hours) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  return signed(sign === '-', whole, fraction);
}

function signed(isNegative: boolean, seconds: bigint, fraction = ''): Seconds {
  const perSecond = 10n ** BigInt(fraction.length);
  const parts = seconds * perSecond + BigInt(fraction || '0');
  return { parts: isNegative ? -parts : parts, perSecond };
}

/** `PT1H30M`, `-P1DT2H`, `P2W`, `1:30:00`, `90 s`, `1 d 2 h 30 min`. */
function parseDuration(text: string): Seconds | undefined {
  const clock = parseClock(text, false);
  if (clock) return clock;
  const iso =
    /^(-?)P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,9}))?S)?)?$/.exec(
      text,
    );
  if (iso) {
    const [weeks, days, hours, minutes, seconds] = iso.slice(2, 7).map((n) => BigInt(n ?? 0));
    const allDays = 7n * (weeks as bigint) + (days as bigint);
    const allMinutes = (allDays * 24n + (hours as bigint)) * 60n + (minutes as bigint);
    return signed(iso[1] === '-', allMinutes * 60n + (seconds as bigint), iso[7]);
  }
  return parseUnits(text);
}

/** Nanoseconds in each unit that a duration may be written in. */
const durationUnits: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  min: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
};

function parseUnits(text: string): Seconds | undefined {
  if (!/^-?(\d+(\.\d+)? ?(ns|us|µs|ms|s|min|h|d) ?)+$/.test(text)) return undefined;
  let parts = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(
    /(\d+)(?:\.(\d{1,18}))? ?(ns|us|µs|ms|s|min|h|d)/g,
  )) {
    const places = 10n ** BigInt(fraction.length);
    // In 10^-18 nanoseconds, so that no fraction is lost.
    parts +=
      ((BigInt(whole) * places + BigInt(fraction || '0')) *
        (durationUnits[unit] as bigint) *
        10n ** 18n) /
      places;
  }
  return { parts: text.startsWith('-') ? -parts : parts, perSecond: 10n ** 27n };
}

function parseTimestamp(
  unit: TimeUnit,
  timezone: string | null | undefined,
  text: string,
): bigint | undefined {
  const match =
    /^([+-]?\d{4,6}-\d\d-\d\d)(?:[T ](\d\d:[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?) ?(Z|[+-]\d\d(?::?\d\d(?::\d\d)?)?)?)?$/i.exec(
      text,
    );
  if (!match) return undefined;
  const day = wallOfDay(match[1] as string);
  const clock = match[2] === undefined ? signed(false, 0n) : parseClock(match[2], true);
  const zone = zoneOfOffset(match[3]) ?? zoneOf(timezone);
  if (day === undefined || !clock || !zone) return undefined;
  const minutes = clock.parts / clock.perSecond / 60n;
  const rest = inUnits({ ...clock, parts: clock.parts - minutes * 60n * clock.perSecond }, unit);
  if (rest === undefined) return undefined;
  const instant = zone.toInstant(day + Number(minutes) * 60_000);
  return (BigInt(instant) / 1000n) * unitsPerSecond(unit) + rest;
}

function zoneOfOffset(offset: string | undefined): Zone | undefined {
  if (offset === undefined) return undefined;
  const full = /^[+-]\d\d$/.test(offset) ? `${offset}:00` : offset.toUpperCase();
  return zoneOf(full);
}

/** Whole units of a temporal type as people write them; `parseTemporal` reads them back. */
export function showTemporal(type: DataType, value: bigint): string {
  if (!isInCalendar(type, value)) return String(value);
  if (DataType.isDate(type)) {
    const days = type.unit === DateUnit.DAY ? value : value / 86_400_000n;
    return showDay(Number(days) * 86_400_000);
  }
  if (DataType.isTime(type)) return showClock(value, type.unit);
  if (DataType.isDuration(type)) {
    return `${value < 0n ? '-' : ''}${showClock(abs(value), type.unit)}`;
  }
  if (DataType.isTimestamp(type)) return showTimestamp(value, type.unit, type.timezone);
  return String(value);
}

function showDay(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime())
    ? String(milliseconds)
    : (date.toISOString().split('T')[0] ?? '');
}

function showClock(value: bigint, unit: TimeUnit): string {
  const perSecond = unitsPerSecond(unit);
  const seconds = value / perSecond;
  const fraction = String(value % perSecond)
    .padStart(3 * unit, '0')
    .replace(/0+$/, '');
  const two = (part: bigint) => String(part).padStart(2, '0');
  const clock = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return unit === TimeUnit.SECOND || fraction === '' ? clock : `${clock}.${fraction}`;
}

function showTimestamp(value: bigint, unit: TimeUnit, timezone: string | null | undefined): string {
  const perSecond = unitsPerSecond(unit);
  const rest = ((value % perSecond) + perSecond) % perSecond;
  const instant = Number((value - rest) / perSecond) * 1000;
  const zone = zoneOf(timezone) ?? zoneOf('UTC');
  const wall = zone?.toWall(instant) ?? instant;
  const seconds = ((BigInt(wall / 1000) % secondsPerDay) + secondsPerDay) % secondsPerDay;
  const clock = showClock(seconds * perSecond + rest, unit);
  return `${showDay(wall)}T${clock}${timezone ? showOffset(wall - instant) : ''}`;
}

function showOffset(milliseconds: number): string {
  const seconds = Math.abs(milliseconds) / 1000;
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const clock = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}`;
  // Before standard time, zones were off by odd seconds.
  const rest = seconds % 60 === 0 ? '' : `:${two(seconds % 60)}`;
  return `${milliseconds < 0 ? '-' : '+'}${clock}${rest}`;
}
