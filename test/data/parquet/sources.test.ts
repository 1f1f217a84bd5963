import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { type ColumnMetaData, parquetMetadata } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { parquetSummary } from '../../../src/data/parquet/summary.js';
import { writeParquetFile } from '../../../src/data/parquet/write.js';
import { FileError, FormatError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { exactRows } from '../support/exact.js';
import { exampleBatch } from '../support/example.js';
import { rangeOf, serveRanges, useServers } from '../support/range-server.js';

const directory = useDirectory();
const serve = useServers();
const rows = exampleBatch(0, 5000);

const write = async () => {
  const path = directory.fresh('parquet');
  await writeParquetFile(path, asyncFrom([rows]), { rowGroupRows: 1000 });
  return readFile(path);
};

/** First byte, and one behind the last, of the chunks of a column. */
function chunksOf(bytes: Buffer, column: number): [number, number][] {
  const { row_groups } = parquetMetadata(new Uint8Array(bytes).buffer);
  return row_groups.map(({ columns }) => {
    const chunk = columns[column]?.meta_data as ColumnMetaData;
    const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
    return [start, start + Number(chunk.total_compressed_size)];
  });
}

const footerStart = (bytes: Buffer) => bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);

describe('readParquetBatches', () => {
  it('should read from the web what it reads from a file, and say what is in it', async () => {
    const bytes = await write();
    const address = `${await serve(serveRanges(bytes))}/a.parquet`;

    const read = await collect(readParquetBatches(address));

    const summary = await parquetSummary(address);
    expect(exactRows(read)).toEqual(exactRows([rows]));
    expect(summary).toMatchObject({ path: address, rows: 5000, bytes: bytes.length });
  });

  it.each(['id', 'name'])(
    'should fetch the footer and the column %s, and not a byte more',
    async (name) => {
      const bytes = await write();
      const ranges: [number, number][] = [];
      const slice = (start: number, end: number) => {
        ranges.push([start, end]);
        return bytes.subarray(start, end);
      };

      const read = await collect(
        readParquetBatches({ byteLength: bytes.length, slice }, { columns: [name] }),
      );

      const column = rows.schema.names.indexOf(name);
      const { length } = bytes;
      const footer = footerStart(bytes);
      expect(ranges.filter(([, end]) => end > 4 && end <= footer)).toEqual(chunksOf(bytes, column));
      expect(ranges.filter(([, end]) => end <= 4 || end > footer)).toEqual([
        [0, 4],
        [length - 8, length],
        [footer, length],
      ]);
      expect(exactRows(read)).toEqual(exactRows([rows]).map((row) => [row[column]]));
    },
  );

  it('should ask a server for no more than the columns it is to read', async () => {
    const bytes = await write();
    const seen: IncomingMessage[] = [];
    const address = await serve(serveRanges(bytes, { seen }));

    await collect(readParquetBatches(address, { columns: ['name'] }));

    const chunks = chunksOf(bytes, 1).map(([start, end]) => [start, end - 1]);
    expect(seen.map(rangeOf)).toEqual(expect.arrayContaining(chunks));
    // The size and the three parts of the footer come first.
    expect(seen.length).toBe(4 + chunks.length);
  });

  it('should pass an error of a source on, and not call it damage', async () => {
    const bytes = await write();
    const slice = async (start: number, end: number) => {
      if (start > 4 && start < 4000) throw new Error('on fire');
      return bytes.subarray(start, end);
    };

    const reading = collect(readParquetBatches({ byteLength: bytes.length, slice }));

    await expect(reading).rejects.toThrow(FileError);
    await expect(reading).rejects.toThrow(/byte ranges, bytes \d+ to \d+ \(on fire\)/);
  });

  it('should name bytes as it is told', async () => {
    const reading = collect(readParquetBatches(new Uint8Array(20), { name: 'upload 7' }));

    await expect(reading).rejects.toThrow(FormatError);
    await expect(reading).rejects.toThrow('upload 7');
  });

  it('should reject with the reason when it is aborted in the middle of a row group', async () => {
    const bytes = await write();
    const reason = new Error('enough');
    const controller = new AbortController();
    const slice = (start: number, end: number) => {
      if (end <= 4 || start >= footerStart(bytes)) return bytes.subarray(start, end);
      controller.abort(reason);
      return new Promise<never>(() => {});
    };
    const source = { byteLength: bytes.length, slice };

    const reading = collect(readParquetBatches(source, { signal: controller.signal }));

    await expect(reading).rejects.toBe(reason);
  });
});
