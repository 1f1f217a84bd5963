/** Converts between instants and the wall clock of a time zone, in milliseconds since 1970. */
export interface Zone {
  /** What a wall clock shows at an instant, as if it were UTC. */
  toWall(instant: number): number;
  /** The first instant at which a wall clock shows this, or would, had it not been put forward. */
  toInstant(wall: number): number;
}

const utc: Zone = { toWall: (instant) => instant, toInstant: (wall) => wall };

const hour = 3_600_000;

/** The zone of an Arrow timestamp: an IANA name or `+05:30`; UTC for none, undefined for an unknown one. */
export function zoneOf(name: string | null | undefined): Zone | undefined {
  if (!name || name === 'UTC' || name === 'Z') return utc;
  const fixed = /^([+-])(\d\d):?(\d\d)(?::(\d\d))?$/.exec(name);
  if (fixed) {
    const [hours, minutes, seconds] = fixed.slice(2).map((part) => Number(part ?? 0));
    const size = (((hours as number) * 60 + (minutes as number)) * 60 + (seconds as number)) * 1000;
    const offset = fixed[1] === '-' ? -size : size;
    return { toWall: (instant) => instant + offset, toInstant: (wall) => wall - offset };
  }
  const offsetAt = offsetsOf(name);
  if (!offsetAt) return undefined;
  return {
    toWall: (instant) => instant + offsetAt(instant),
    toInstant(wall) {
      // The offset a day before holds first where a clock shows a time twice.
      const early = wall - offsetAt(wall - 24 * hour);
      if (early + offsetAt(early) === wall) return early;
      const late = wall - offsetAt(wall + 24 * hour);
      return late + offsetAt(late) === wall ? late : early;
    },
  };
}

/** Offset of a zone's wall clock from UTC at an instant; offsets change on whole quarters of an hour. */
function offsetsOf(name: string): ((instant: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
  } catch {
    return undefined;
  }
  const known = new Map<number, number>();
  return (instant) => {
    const quarter = Math.floor(instant / (hour / 4)) * (hour / 4);
    let offset = known.get(quarter);
    if (offset === undefined) {
      offset = wallOf(format, quarter) - quarter;
      known.set(quarter, offset);
    }
    return offset;
  };
}

function wallOf(format: Intl.DateTimeFormat, instant: number): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = value;
  const number = (name: string) => Number(parts[name]);
  const year = parts.era === 'BC' ? 1 - number('year') : number('year');
  const date = new Date(0);
  date.setUTCFullYear(year, number('month') - 1, number('day'));
  date.setUTCHours(number('hour'), number('minute'), number('second'));
  return date.getTime();
}
