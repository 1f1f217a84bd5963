import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  allNull,
  type Column,
  claimDeltas,
  encodeDeltas,
  oneColumnFile,
} from './bombs/one-column.js';
import { useDirectory } from './support/directory.js';

/** What came of reading a file, and the most memory that the process had taken until then. */
interface Outcome {
  readonly rows: number;
  readonly name: string;
  readonly message: string;
  readonly peakMiB: number;
}

const directory = useDirectory();
const here = (name: string) => fileURLToPath(new URL(`bombs/${name}`, import.meta.url));

/** Files that are committed, which pyarrow wrote, and what is said of them. */
const written: readonly (readonly [string, RegExp])[] = [
  ['dictionary.parquet', /Parquet row group is too large to decode: .* become some 2000\d{7}\)/],
  ['list.parquet', /Parquet column is too large to decode: .* perhaps one row/],
  ['page.parquet', /Parquet page is damaged: .* that \d+ bytes become 500000010/],
  ['zeros.arrows', /claim 1073741824 uncompressed, more than is decompressed at once/],
];

/** Numbers of parquet.thrift. */
const types = { boolean: 0, int64: 2, bytes: 6, fixed: 7 } as const;
const encodings = { plain: 0, rle: 3, deltas: 5, lengths: 6, prefixes: 7, split: 9 } as const;

const most = 2 ** 31 - 1;
const long = 1_000_000;
const same = (count: number, first: number, others: number) => [
  first,
  ...new Array<number>(count - 1).fill(others),
];

/** Columns of one page, and what is said of them. */
const columns: Readonly<Record<string, readonly [Column, RegExp]>> = {
  'DELTA_BYTE_ARRAY, of which each value is the one before': [
    {
      type: types.bytes,
      encoding: encodings.prefixes,
      values: 20_000,
      body: Buffer.concat([
        encodeDeltas(same(20_000, 0, long)),
        encodeDeltas(same(20_000, long, 0)),
        Buffer.alloc(long, 'x'),
      ]),
    },
    /row group is too large to decode: .* become some 2000\d{7}\)/,
  ],
  'DELTA_BYTE_ARRAY of more lengths than values': [
    { type: types.bytes, encoding: encodings.prefixes, values: 9, body: claimDeltas(most) },
    /page 0 \(it claims 2147483647 lengths of 9 values\)/,
  ],
  'DELTA_LENGTH_BYTE_ARRAY of more lengths than values': [
    { type: types.bytes, encoding: encodings.lengths, values: 9, body: claimDeltas(most) },
    /page 0 \(it claims 2147483647 lengths of 9 values\)/,
  ],
  'DELTA_LENGTH_BYTE_ARRAY of very many empty texts': [
    { type: types.bytes, encoding: encodings.lengths, values: most, body: claimDeltas(most) },
    /column is too large to decode: .* may become 8589934588\)/,
  ],
  'DELTA_BINARY_PACKED of very many zeros': [
    { type: types.int64, encoding: encodings.deltas, values: most, body: claimDeltas(most) },
    /column is too large to decode: .* may become 17179869176\)/,
  ],
  'PLAIN of very many nulls': [
    {
      type: types.int64,
      encoding: encodings.plain,
      values: most,
      isOptional: true,
      body: allNull(most),
    },
    /column is too large to decode: .* may become 17179869176\)/,
  ],
  'BYTE_STREAM_SPLIT of very many nulls': [
    {
      type: types.int64,
      encoding: encodings.split,
      values: most,
      isOptional: true,
      body: allNull(most),
    },
    /column is too large to decode: .* may become 17179869176\)/,
  ],
  'very wide values that are null': [
    {
      type: types.fixed,
      encoding: encodings.plain,
      values: 3,
      isOptional: true,
      width: 2 ** 30,
      body: allNull(3),
    },
    /column is too large to decode: .* may become 1073741824, a value\)/,
  ],
};

/** Texts, and what is said of them; '' where they are read. */
const texts: Readonly<Record<string, readonly [string, string | Buffer, RegExp]>> = {
  'a cell of very many digits': ['csv', `x\n${'7'.repeat(80_000)}x\n`, /^$/],
  'a line of CSV that does not end': [
    'csv.gz',
    gzipSync(Buffer.alloc(2 ** 26, 'x')),
    /over 16777216 bytes/,
  ],
  'a line of JSON that does not end': [
    'jsonl.gz',
    gzipSync(Buffer.alloc(2 ** 26, ' ')),
    /more than 16777216 characters/,
  ],
  'a line of JSON that is nested without end': [
    'jsonl',
    `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    /row 0 is nested too deeply/,
  ],
  'lines of JSON with ever other keys': [
    'jsonl',
    `{${Array.from({ length: 20_000 }, (_, k) => `"k${k}":1`)}}`,
    /too many different keys: over 16384/,
  ],
  'quotes in a line that is no JSON': [
    'jsonl',
    `{"a":12345678901234567890${'\\"'.repeat(2 ** 20)}}`,
    /line 1 is no JSON/,
  ],
};

describe('a small file that would become gigabytes, or take for ever', () => {
  const outcomes = new Map<string, Outcome>();

  beforeAll(async () => {
    const paths = new Map(written.map(([name]) => [name, here(name)]));
    const files: [string, string, string | Buffer][] = [
      ...Object.entries(columns).map(
        ([name, [column]]) => [name, 'parquet', oneColumnFile(column)] as [string, string, Buffer],
      ),
      ...Object.entries(texts).map(
        ([name, [extension, text]]) => [name, extension, text] as [string, string, string],
      ),
    ];
    for (const [name, extension, bytes] of files) {
      const path = directory.fresh(extension);
      await writeFile(path, bytes);
      paths.set(name, path);
    }
    // One process of their own for all, as starting it is what takes long.
    const args = ['--import', 'tsx', here('read-child.ts'), ...paths.values()];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const names = [...paths.keys()];
    for (const [k, line] of stdout.trim().split('\n').entries()) {
      outcomes.set(names[k] as string, JSON.parse(line));
    }
  });

  it.each([
    ...written,
    ...Object.entries(columns).map(([name, [, message]]) => [name, message] as const),
  ])('should be refused before the memory is taken: %s', (name, message) => {
    const outcome = outcomes.get(name);

    expect(outcome).toMatchObject({ name: 'FormatError', rows: 0 });
    expect(outcome?.message).toMatch(message);
    expect(outcome?.peakMiB).toBeLessThan(300);
  });

  it.each(Object.entries(texts).map(([name, [, , message]]) => [name, message] as const))(
    'should be read or refused in little memory if it is a text: %s',
    (name, message) => {
      const outcome = outcomes.get(name);

      expect(outcome?.message).toMatch(message);
      expect(outcome?.rows).toBe(outcome?.message === '' ? 1 : 0);
      expect(outcome?.peakMiB).toBeLessThan(300);
    },
  );
});
