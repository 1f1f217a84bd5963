import { randomUUID } from 'node:crypto';

/** What a number must have to be more than a double keeps: digits, or a large exponent. */
const suspicious = /\d{16}|[eE]\+?\d{3}/;
const numbers = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
/** Stands before the digits of a whole number while the text is parsed; no text of a file starts so. */
const mark = `${randomUUID()}:`;

/**
 * The value of a JSON text, with all digits of its whole numbers: those beyond 2⁵³ are bigints.
 *
 * @throws SyntaxError for what is no JSON; RangeError for a number that no double is near to.
 */
export function parseLine(line: string): unknown {
  const value: unknown = JSON.parse(line);
  if (!suspicious.test(line)) return value;
  return JSON.parse(markIntegers(line), (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}

/** The text with each whole number beyond 2⁵³ as a marked string. @param line is sound JSON. */
function markIntegers(line: string): string {
  const parts: string[] = [];
  for (let at = 0; at < line.length; ) {
    const open = line.indexOf('"', at);
    const start = open < 0 ? line.length : open;
    parts.push(line.slice(at, start).replaceAll(numbers, markInteger));
    at = open < 0 ? start : endOfString(line, open);
    parts.push(line.slice(start, at));
  }
  return parts.join('');
}

function markInteger(token: string): string {
  const number = Number(token);
  if (!Number.isFinite(number)) throw new RangeError(`${token} is beyond a double`);
  const isExact = !/^-?\d+$/.test(token) || Number.isSafeInteger(number);
  return isExact ? token : `"${mark}${token}"`;
}

/** Where a string ends that starts at `open`. Not by a pattern, whose stack a long one would fill. */
function endOfString(line: string, open: number): number {
  for (let close = line.indexOf('"', open + 1); ; close = line.indexOf('"', close + 1)) {
    let escapes = 0;
    while (line[close - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return close + 1;
  }
}
