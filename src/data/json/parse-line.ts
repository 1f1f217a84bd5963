import { randomUUID } from 'node:crypto';

/** What a number must have to be more than a double keeps: digits, or a large exponent. */
const suspicious = /\d{16}|[eE]\+?\d{3}/;
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
/** Stands before the digits of a whole number while the text is parsed; no text of a file starts so. */
const mark = `${randomUUID()}:`;

/**
 * The value of a JSON text, with all digits of its whole numbers: those beyond 2⁵³ are bigints.
 *
 * @throws SyntaxError for what is no JSON; RangeError for a number that no double is near to.
 */
export function parseLine(line: string): unknown {
  if (!suspicious.test(line)) return JSON.parse(line);
  const marked = line.replaceAll(tokens, (token) => {
    if (token.startsWith('"')) return token;
    if (!Number.isFinite(Number(token))) throw new RangeError(`${token} is beyond a double`);
    const isExact = !/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token));
    return isExact ? token : `"${mark}${token}"`;
  });
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}
