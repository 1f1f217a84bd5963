import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { adultLike } from '../../../../bench/support/adult-like.js';
import { type OutputFormat, outputFormat } from '../../../../src/data/formats.js';
import { type WriteOptions, writeBatches } from '../../../../src/data/open.js';
import { allTypes, arbitraryBatches, asyncFrom, commonTypes } from '../arbitrary-batches.js';
import { type Original, readOriginal } from './judge.js';

/** A file to damage. */
export interface Specimen {
  readonly name: string;
  readonly format: OutputFormat;
  readonly bytes: Buffer;
  readonly original: Original;
}

/** Runs a statement of SQL. */
export type RunSql = (sql: string) => Promise<unknown>;

/** Rows with nested and many other types, as DuckDB makes them. */
const rowsOf = (count: number) => `
  select i::int as i, (i * 7919)::bigint as b, if(i % 5 = 0, null, 'text ' || (i % 17)) as t,
    (i % 3)::tinyint as y, i % 2 = 0 as f, i / 7.0 as d, (i / 3)::float as r,
    (i * 1.25)::decimal(18, 2) as m, date '2020-01-01' + i::int as a,
    timestamp '2020-01-01' + to_seconds(i) as s, ['x' || i, null, 'y'] as l,
    { a: i, b: [i, i + 1] } as n, map([i % 4], ['v' || i]) as p, encode('é' || i) as z,
    uuid '00000000-0000-0000-0000-00000000000a' as u
  from range(${count}) as rows(i)`;

/**
 * Files of all formats, tiny and of middling size, made by this package and by DuckDB: all codecs,
 * both versions of pages, dictionaries, nested columns, several row groups. Always the same bytes.
 */
export async function makeCorpus(directory: string, sql: RunSql): Promise<Specimen[]> {
  const names: string[] = [];
  const add = async (name: string, batches: readonly RecordBatch[], options: WriteOptions = {}) => {
    await writeBatches(join(directory, name), asyncFrom(batches), options);
    names.push(name);
  };
  for (const extension of ['parquet', 'arrow', 'arrows']) {
    const types = extension === 'parquet' ? commonTypes : allTypes;
    const samples = fc.sample(
      arbitraryBatches(types, { minColumns: 2, maxColumns: 6, instants: 'parquet' }),
      {
        seed: 11,
        numRuns: 12,
      },
    );
    for (const [k, batches] of samples.entries()) {
      const compression = (['zstd', 'snappy', 'uncompressed'] as const)[k % 3] ?? 'zstd';
      await add(`random-${k}.${extension}`, batches, { compression, rowGroupRows: 7 });
    }
    await add(`adult-like.${extension}`, await all(adultLike(1500, 500)), { rowGroupRows: 600 });
    await add(
      `none.${extension}`,
      (await all(adultLike(1))).map((batch) => batch.slice(0, 0)),
    );
  }
  for (const codec of ['uncompressed', 'snappy', 'gzip', 'zstd', 'lz4_raw', 'brotli']) {
    for (const version of ['v1', 'v2']) {
      for (const rows of [5, 5000]) {
        const name = `duckdb-${codec}-${version}-${rows}.parquet`;
        await sql(`copy (${rowsOf(rows)}) to '${join(directory, name)}'
          (format parquet, codec '${codec}', parquet_version '${version}', row_group_size 2048)`);
        names.push(name);
      }
    }
  }
  for (const [name, bytes] of Object.entries(textFiles())) {
    await writeFile(join(directory, name), bytes);
    names.push(name);
  }
  return Promise.all(names.map((name) => readSpecimen(directory, name)));
}

/** CSV and JSON lines, tiny and longer than what is parsed at once, in all encodings that are understood. */
function textFiles(): Record<string, Buffer> {
  const files: Record<string, Buffer> = {};
  for (const rows of [4, 60, 1200]) {
    const numbers = Array.from({ length: rows }, (_, k) => k);
    const csv = ['id,name,"a ""b""",x,on,at', ...numbers.map(csvLine)].join('\r\n');
    const semicolons = ['n;t', ...numbers.map((k) => `${k % 7 ? k : ''};t ${k}`), ''].join('\n');
    const lines = `${numbers.map(jsonLine).join('\n')}\n`;
    files[`commas-${rows}.csv`] = Buffer.from(csv);
    files[`semicolons-${rows}.csv`] = Buffer.from(semicolons);
    files[`wide-${rows}.csv`] = Buffer.from(`\ufeff${csv}`, 'utf16le');
    files[`one-${rows}.tsv`] = Buffer.from(`x\n${numbers.join('\n\n')}`);
    files[`packed-${rows}.csv.gz`] = gzipSync(csv);
    files[`lines-${rows}.jsonl`] = Buffer.from(lines);
    // Two members, as logs have them that are written on.
    files[`packed-${rows}.ndjson.gz`] = Buffer.concat([gzipSync(lines), gzipSync(lines)]);
  }
  return files;
}

function csvLine(k: number): string {
  const text = k % 5 === 0 ? `"line ${k}\nof, two ""${k}"""` : `text é ${k}`;
  const date = `2024-0${1 + (k % 9)}-1${k % 10}`;
  return `${k * 7919},${text},${k % 3 ? k / 7 : ''},0${k},${k % 2 === 0},${date}T10:00:0${k % 10}Z`;
}

function jsonLine(k: number): string {
  const row = {
    id: k,
    name: `text "${k}" é`,
    x: k % 3 ? k / 7 : null,
    list: k % 4 ? [k, null] : [],
    inner: { on: k % 2 === 0, deep: { t: `\\${k}` } },
  };
  // Beyond 2⁵³, in part.
  return JSON.stringify(row).replace(
    '"id":',
    `"big":${k % 2}${'9007199254740993'.repeat(k % 2)},"id":`,
  );
}

/** A file of the corpus. */
export async function readSpecimen(directory: string, name: string): Promise<Specimen> {
  const path = join(directory, name);
  const [bytes, original] = [await readFile(path), await readOriginal(path)];
  return { name, format: outputFormat(name.replace(/\.gz$/, '')), bytes, original };
}

async function all(batches: AsyncIterable<RecordBatch>): Promise<RecordBatch[]> {
  const list: RecordBatch[] = [];
  for await (const batch of batches) list.push(batch);
  return list;
}
