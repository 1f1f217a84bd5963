import { readFile, writeFile } from 'node:fs/promises';
import { ParquetSchema, ParquetWriter } from 'parquetjs-lite';
import { describe, expect, it } from 'vitest';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { writeParquetFile } from '../../../src/data/parquet/write.js';
import { readParquetJsBatches } from '../../../src/data/parquetjs/read.js';
import { writeParquetJsFile } from '../../../src/data/parquetjs/write.js';
import { FormatError, SchemaError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { useDuckDb } from '../support/duckdb.js';
import { exactRows } from '../support/exact.js';
import { exampleBatch } from '../support/example.js';
import { expectSameBatches } from '../support/same-batches.js';

const directory = useDirectory();
const duckdb = useDuckDb();

async function written(rows = 10, options = {}) {
  const path = directory.fresh('parquet');
  await writeParquetJsFile(path, asyncFrom([exampleBatch(0, rows)]), options);
  return path;
}

describe('readParquetJsBatches', () => {
  it('should give a batch a row group, also of many pages', async () => {
    const path = await written(10_000, { rowGroupRows: 9_000 });

    const batches = await collect(readParquetJsBatches(path));

    expect(batches.map((batch) => batch.numRows)).toEqual([9_000, 1_000]);
    expectSameBatches(batches, [exampleBatch(0, 10_000)]);
  });

  it('should read what parquetjs-lite writes by itself, with all of its defaults', async () => {
    const path = directory.fresh('parquet');
    const schema = new ParquetSchema({
      id: { type: 'INT64' },
      day: { type: 'DATE', optional: true },
      name: { type: 'UTF8', optional: true, compression: 'SNAPPY' },
    });
    const writer = await ParquetWriter.openFile(schema, path);
    await writer.appendRow({ id: 1, name: 'é', day: new Date('1969-12-30') });
    await writer.appendRow({ id: 2, day: new Date('2026-01-01') });
    await writer.close();

    const batches = await collect(readParquetJsBatches(path));

    expect(exactRows(batches)).toEqual(exactRows(await collect(readParquetBatches(path))));
    expect(batches[0]?.toArray().map((row) => row.toJSON())).toEqual([
      { id: 1n, day: Date.parse('1969-12-30'), name: 'é' },
      { id: 2n, day: Date.parse('2026-01-01'), name: null },
    ]);
  });

  it('should read the columns that are asked for', async () => {
    const path = await written();

    const batches = await collect(readParquetJsBatches(path, { columns: ['name'] }));

    expect(exactRows(batches)).toEqual(exactRows([exampleBatch(0, 10)]).map(([, name]) => [name]));
    await expect(collect(readParquetJsBatches(path, { columns: ['nome'] }))).rejects.toThrow(
      SchemaError,
    );
  });

  it('should refuse files of other writers', async () => {
    const ours = directory.fresh('parquet');
    const theirs = directory.fresh('parquet');
    await writeParquetFile(ours, asyncFrom([exampleBatch(0, 10)]));
    await duckdb.run(`copy (select 1 as a) to '${theirs}' (format parquet)`);

    const read = (path: string) => collect(readParquetJsBatches(path));

    await expect(read(ours)).rejects.toThrow(FormatError);
    await expect(read(ours)).rejects.toThrow(/was written by parquet-rs .*Use readParquet/);
    await expect(read(theirs)).rejects.toThrow(/was written by DuckDB .*Use readParquet/);
  });

  it('should refuse types of parquetjs-lite that do not come back as they were', async () => {
    const path = directory.fresh('parquet');
    const schema = new ParquetSchema({ at: { type: 'TIMESTAMP_MILLIS' } });
    const writer = await ParquetWriter.openFile(schema, path);
    await writer.appendRow({ at: new Date(0) });
    await writer.close();

    const reading = collect(readParquetJsBatches(path));

    await expect(reading).rejects.toThrow(/column 'at' .*timestamp\[ms.*use readParquet/);
  });

  it('should refuse nested columns', async () => {
    const path = directory.fresh('parquet');
    const schema = new ParquetSchema({ many: { type: 'INT32', repeated: true } });
    const writer = await ParquetWriter.openFile(schema, path);
    await writer.appendRow({ many: [1, 2] });
    await writer.close();

    await expect(collect(readParquetJsBatches(path))).rejects.toThrow(/'many' is nested/);
  });

  it('should refuse text that is not UTF-8', async () => {
    const path = await written(2, { compression: 'uncompressed' });
    const bytes = await readFile(path);
    bytes[bytes.indexOf('name 1')] = 0xff;
    await writeFile(path, bytes);

    await expect(collect(readParquetJsBatches(path))).rejects.toThrow(/text that is not UTF-8/);
  });
});
