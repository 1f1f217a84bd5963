import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { allNull, type Column, claimDeltas, encodeDeltas, oneColumnFile } from './one-column.js';

/** A small file that would become gigabytes, or take for ever. */
export interface Bomb {
  readonly name: string;
  readonly path: string;
  /** What is said of it; /^$/ where it is read. */
  readonly message: RegExp;
  /** Whether it is a text: some of these are read. */
  readonly isText: boolean;
}

/** What came of reading a file. */
export interface Outcome {
  readonly rows: number;
  readonly name: string;
  readonly message: string;
  /** The most memory that the process has had meanwhile, what it had before among it. */
  readonly peakMiB: number;
  /** Processor time. */
  readonly seconds: number;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

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

/** The bombs, those that are made in a directory. */
export async function makeBombs(directory: string): Promise<Bomb[]> {
  const made: [string, string, string | Buffer, RegExp][] = [
    ...Object.entries(columns).map(
      ([name, [column, message]]) =>
        [name, 'parquet', oneColumnFile(column), message] as [string, string, Buffer, RegExp],
    ),
    ...Object.entries(texts).map(
      ([name, [extension, text, message]]) =>
        [name, extension, text, message] as [string, string, string, RegExp],
    ),
  ];
  const bombs = written.map(([name, message]) => ({
    name,
    path: here(name),
    message,
    isText: false,
  }));
  for (const [k, [name, extension, bytes, message]] of made.entries()) {
    const path = join(directory, `${k}.${extension}`);
    await writeFile(path, bytes);
    bombs.push({ name, path, message, isText: Object.hasOwn(texts, name) });
  }
  return bombs;
}

/** Reads them one after the other in a process of their own, as starting one is what takes long. */
export async function readBombs(bombs: readonly Bomb[]): Promise<Map<string, Outcome>> {
  const paths = bombs.map(({ path }) => path);
  const args = ['--expose-gc', '--import', 'tsx', here('read-child.ts'), ...paths];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const lines = stdout.trim().split('\n');
  return new Map(bombs.map(({ name }, k) => [name, JSON.parse(lines[k] as string)]));
}
