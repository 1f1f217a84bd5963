import { InvalidOptionError } from '../../errors.js';

/** Parts of a date's format, and what stands for them. */
const parts: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  mm: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{1,2})',
};

/** A date as `2026-03-01`, whatever follows it left as it is; undefined for what is not of a format. */
export type PlainDate = (text: string) => string | undefined;

/**
 * What turns dates of a format such as 'dd.mm.yyyy' or 'mm/dd/yyyy' into plain ones. A time may follow.
 *
 * @throws InvalidOptionError for a format without a year, a month and a day.
 */
export function plainDate(format: string): PlainDate {
  const names = format.match(/yyyy|mm|dd/g) ?? [];
  if (new Set(names).size !== 3 || names.length !== 3) {
    throw new InvalidOptionError(
      `option 'dateFormat' must have yyyy, mm and dd once each: ${JSON.stringify(format)}`,
    );
  }
  const source = format
    .split(/(yyyy|mm|dd)/)
    .map((part) => parts[part] ?? part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('');
  const pattern = new RegExp(`^${source}(?<rest>$|[T ].*$)`);
  return (text) => {
    const groups = pattern.exec(text)?.groups;
    if (!groups) return undefined;
    const { year, month = '', day = '', rest } = groups;
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${rest}`;
  };
}
