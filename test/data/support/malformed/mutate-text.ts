import type { Random } from '../../../../src/random.js';
import { pickFrom } from './pick.js';

type TextMutation = (bytes: Buffer, random: Random) => Buffer;

/** What a text may hold that its reader has to think about. */
export const textTokens = [
  ...['"', '""', "'", ',', ';', '\t', '|', '\n', '\r', '\r\n', '\n\n', '\\', '\\"', ' ', '\0'],
  ...['0', '7', '-', '+', '.', 'e', 'E5', '1e999', '-0', '007', '+49', '1,5', "1'000", '0x1', '٣'],
  ...['9007199254740993', '18446744073709551616', '1.0000000000000001', 'NaN', 'Infinity'],
  ...['NA', 'null', 'true', '-', '2024-02-30', '2024-02-29', '12:30:61', 'T', 'Z', '+01:00'],
  ...['{', '}', '[', ']', ':', '{"a":', '[[', ']]', '"a":1', '"__proto__":1', '"constructor":1'],
  ...['\\u0000', '\\ud800', '\ufeff', '\u2028', 'é', '\u{1f600}', '/*', '//', '<a>', '=1+1'],
] as const;

/** Kinds of damage that texts understand. */
export const textMutations: Readonly<Record<string, TextMutation>> = {
  'a token put in': (bytes, random) =>
    splice(bytes, random.integer(bytes.length + 1), 0, pickFrom(textTokens, random)),
  'a token in the place of others': (bytes, random) =>
    splice(bytes, random.integer(bytes.length), random.integer(12), pickFrom(textTokens, random)),
  'a token many times': (bytes, random) => {
    const text = pickFrom(textTokens, random).repeat(1 + random.integer(5000));
    return splice(bytes, random.integer(bytes.length + 1), 0, text);
  },
  'tokens put in': (bytes, random) => {
    let text = '';
    for (let k = random.integer(20); k >= 0; k--) text += pickFrom(textTokens, random);
    return splice(bytes, random.integer(bytes.length + 1), 0, text);
  },
  'a line left out': (bytes, random) => changeLines(bytes, random, () => []),
  'a line doubled': (bytes, random) => changeLines(bytes, random, (line) => [line, line]),
  'a line cut in two': (bytes, random) =>
    changeLines(bytes, random, (line) => {
      const at = random.integer(line.length + 1);
      return [line.slice(0, at), line.slice(at)];
    }),
  'a line without its end': (bytes, random) => {
    const at = bytes.indexOf('\n', random.integer(bytes.length));
    return at < 0 ? bytes : splice(bytes, at, 1, '');
  },
};

function splice(bytes: Buffer, at: number, removed: number, text: string): Buffer {
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(text), bytes.subarray(at + removed)]);
}

function changeLines(bytes: Buffer, random: Random, change: (line: string) => string[]): Buffer {
  const lines = bytes.toString('latin1').split('\n');
  const at = random.integer(lines.length);
  lines.splice(at, 1, ...change(lines[at] as string));
  return Buffer.from(lines.join('\n'), 'latin1');
}
