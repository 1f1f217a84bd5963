import { unquote } from './names.js';

/** A text of JSON, such as the name of a column in a remedy. */
const name = '("(?:[^"\\\\]|\\\\.)*")';

/** What the library's errors and notes advise, and the flags that do so. */
const remedies: readonly (readonly [RegExp, (...groups: string[]) => string])[] = [
  [
    new RegExp(`columns: \\{ ${name}: \\{ kind: '([a-z]+)' \\} \\}`, 'g'),
    (_, column, kind) => `--column ${flagName(column as string)}=${kind}`,
  ],
  [
    new RegExp(`types: \\{ ${name}: '([\\w(), ]+)' \\}`, 'g'),
    (_, column, type) => `--type ${flagName(column as string)}=${type}`,
  ],
  [/(?:fit: \{ )?privacy: false(?: \})?/g, () => '--no-privacy'],
  [/header: false/g, () => '--no-header'],
  [/duplicateNames: '(\w+)'/g, (_, how) => `--duplicate-names ${how}`],
  [/encoding: '([\w-]+)'/g, (_, encoding) => `--encoding ${encoding}`],
  [/delimiter: ('.')/g, (_, delimiter) => `--delimiter ${delimiter}`],
  [/\braise sample(Rows)?\b/gi, (raise) => raise.replace(/sample(Rows)?/i, '--sample-rows')],
  [/\braise fit\.rows\b/g, () => 'raise --fit-rows'],
];

/** A message of the library with its remedies in the words of the flags. */
export function inFlags(message: string): string {
  return remedies.reduce((text, [pattern, flag]) => text.replace(pattern, flag), message);
}

/** A name as it is written in a flag: as a text of JSON where it holds what means something there. */
function flagName(json: string): string {
  return /^"[\p{L}\p{N}_.-]+"$/u.test(json) ? unquote(json) : json;
}
