import { describe, expect, it } from 'vitest';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { parquetSummary } from '../../../src/data/parquet/summary.js';
import { type WriteParquetOptions, writeParquetFile } from '../../../src/data/parquet/write.js';
import { InvalidOptionError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { useDuckDb } from '../support/duckdb.js';
import { exactRows } from '../support/exact.js';
import { exampleBatch } from '../support/example.js';

const directory = useDirectory();
const duckdb = useDuckDb();
const batch = exampleBatch(0, 50);

const write = async (options: WriteParquetOptions) => {
  const path = directory.fresh('parquet');
  await writeParquetFile(path, asyncFrom([batch]), options);
  return path;
};

describe('writeParquetFile', () => {
  it.each(['zstd', 'snappy', 'gzip', 'brotli', 'lz4_raw', 'uncompressed'] as const)(
    'should compress with %s as DuckDB and we read it',
    async (compression) => {
      const path = await write({ compression, rowGroupRows: 20 });

      const codecs = `select distinct compression from parquet_metadata('${path}')`;
      expect(await duckdb.rows(codecs)).toEqual([[compression.toUpperCase()]]);
      expect(await duckdb.rows(`select count(*), sum(id), max(name) from '${path}'`)).toEqual([
        ['50', '1225', 'name 8'],
      ]);
      expect(exactRows(await collect(readParquetBatches(path)))).toEqual(exactRows([batch]));
    },
  );

  it.each([
    ['page', true, true],
    ['chunk', true, false],
    ['none', false, false],
  ] as const)('should write statistics: %s', async (statistics, ofChunks, ofPages) => {
    const path = await write({ statistics });

    const [[minimum, maximum] = []] = await duckdb.rows(
      `select stats_min_value, stats_max_value from parquet_metadata('${path}') where path_in_schema = 'id'`,
    );
    const { bytes } = await parquetSummary(path);
    const { bytes: without } = await parquetSummary(await write({ statistics: 'chunk' }));
    expect([minimum, maximum]).toEqual(ofChunks ? ['0', '49'] : [null, null]);
    // The index of pages makes the file longer.
    expect(bytes > without).toBe(ofPages);
    expect(await duckdb.rows(`select name from '${path}' where id = 7`)).toEqual([['name 7']]);
  });

  it('should write metadata where every reader finds it, before that of the schema', async () => {
    const path = await write({ metadata: { origin: 'héllo', empty: '' } });

    const [read] = await collect(readParquetBatches(path));
    const sql = `select decode(key), decode(value) from parquet_kv_metadata('${path}') where decode(key) <> 'ARROW:schema' order by 1`;
    const expected = [
      ['empty', ''],
      ['origin', 'héllo'],
    ];
    expect([...(read?.schema.metadata ?? [])].sort()).toEqual(expected);
    expect(await duckdb.rows(sql)).toEqual(expected);
  });

  it.each([
    [
      { compression: 'lzma' },
      /compression must be one of 'zstd', 'snappy', 'gzip'.*: 'lzma' \(a string\)/,
    ],
    [{ compression: 'toString' }, /compression must be one of/],
    [{ statistics: true }, /statistics must be one of 'page', 'chunk', 'none': true \(a boolean\)/],
    [{ rowGroupRows: '7' }, /rowGroupRows must be a positive whole number: '7' \(a string\)/],
    [{ metadata: 'text' }, /metadata must be an object/],
    [{ metadata: null }, /metadata must be an object/],
    [{ metadata: { a: 1 } }, /metadata.a must be a text: 1 \(a number\)/],
    [{ metadata: { a: '\ud800' } }, /'metadata' must hold well-formed texts: "a" is "\\ud800"/],
    [{ metadata: { '\udfff': 'a' } }, /'metadata' must hold well-formed texts/],
    [{ metadata: { 'ARROW:schema': 'a' } }, /'metadata' has a reserved key: ARROW:schema/],
    [{ metadata: { 'gan-augment': '[]' } }, /'metadata' has a reserved key: gan-augment/],
    [{ metadata: { 'gan-augment.outcome': '' } }, /has a reserved key: gan-augment.outcome/],
  ])('should refuse %j before it reads or writes', async (options, problem) => {
    const before = await directory.list();
    let read = false;
    async function* source() {
      read = true;
      yield batch;
    }

    const writing = writeParquetFile(directory.fresh('parquet'), source(), options as never);

    await expect(writing).rejects.toThrow(InvalidOptionError);
    await expect(writing).rejects.toThrow(problem);
    expect([read, await directory.list()]).toEqual([false, before]);
  });
});
