const dayPattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const instantPattern =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6})0*)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/;

const dayMilliseconds = 86_400_000;

/** A day such as '2026-03-01' → days since 1970; undefined for other texts, and days there are not. */
export function parseDay(text: string): number | undefined {
  const match = dayPattern.exec(text);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(0);
  // Date.UTC would take year 26 for 1926.
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() / dayMilliseconds : undefined;
}

/** An instant: microseconds since 1970, of UTC if a zone is given, else of any clock. */
export interface Instant {
  readonly microseconds: bigint;
  readonly zoned: boolean;
}

/**
 * An instant such as '2026-03-01 12:30:00.25' or '2026-03-01T12:30:00+01:00'; undefined for other
 * texts, and for parts of a microsecond.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = instantPattern.exec(text);
  if (!match) return undefined;
  const [, day = '', hour, minute, second = '0', fraction = '', zone] = match;
  const days = parseDay(day);
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  const shift = zone === undefined ? 0 : shiftOf(zone);
  if (days === undefined || shift === undefined || hours > 23 || minutes > 59 || seconds > 59) {
    return undefined;
  }
  const total = ((days * 24 + hours) * 60 + minutes - shift) * 60 + seconds;
  const microseconds = BigInt(total) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
  return { microseconds, zoned: zone !== undefined };
}

/** Minutes that a zone is ahead of UTC. */
function shiftOf(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
