import { TimeUnit } from 'apache-arrow';

const daySeconds = 86_400n;

/** Days since 1970 → '2026-03-01'; undefined outside of the years 0 to 9999, which have four digits. */
export function dayText(days: number): string | undefined {
  const text = new Date(days * 86_400_000);
  const year = text.getUTCFullYear();
  return year >= 0 && year <= 9999 ? text.toISOString().slice(0, 10) : undefined;
}

/** A time since 1970 in its unit → '2026-03-01T12:30:00.25'; undefined as for {@link dayText}. */
export function instantText(value: bigint, unit: TimeUnit): string | undefined {
  const perDay = daySeconds * perSecond(unit);
  const time = ((value % perDay) + perDay) % perDay;
  const day = dayText(Number((value - time) / perDay));
  return day && `${day}T${timeText(time, unit)}`;
}

/** A time of a day in its unit → '12:30:00.25'; undefined for what is none. */
export function timeText(value: bigint, unit: TimeUnit): string | undefined {
  const parts = perSecond(unit);
  if (value < 0n || value >= daySeconds * parts) return undefined;
  const seconds = Number(value / parts);
  const fraction = fractionText(value % parts, unit);
  const pair = (number: number) => String(Math.floor(number)).padStart(2, '0');
  return `${pair(seconds / 3600)}:${pair((seconds / 60) % 60)}:${pair(seconds % 60)}${fraction}`;
}

/** A span in its unit as ISO 8601 has it: 'PT90.5S'. */
export function durationText(value: bigint, unit: TimeUnit): string {
  const size = value < 0n ? -value : value;
  const parts = perSecond(unit);
  return `${value < 0n ? '-' : ''}PT${size / parts}${fractionText(size % parts, unit)}S`;
}

function fractionText(value: bigint, unit: TimeUnit): string {
  if (value === 0n) return '';
  return `.${String(value)
    .padStart(unit * 3, '0')
    .replace(/0+$/, '')}`;
}

/** Of `TimeUnit`, each is a thousandth of the one before. */
function perSecond(unit: TimeUnit): bigint {
  return 1000n ** BigInt(unit - TimeUnit.SECOND);
}
