import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { parquetSummary } from '../../../src/data/parquet/summary.js';
import { writeParquetFile } from '../../../src/data/parquet/write.js';
import { FileError, FormatError, SchemaError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { exampleBatch } from '../support/example.js';

const directory = useDirectory();
const reason = new Error('enough');

const write = async (rows: number, rowGroupRows = 10) => {
  const path = directory.fresh('parquet');
  await writeParquetFile(path, asyncFrom([exampleBatch(0, rows)]), { rowGroupRows });
  return path;
};

/** How often this process has the file open, as the system sees it. */
async function openCount(path: string): Promise<number> {
  const { readlink } = await import('node:fs/promises');
  const links = (await readdir('/proc/self/fd')).map((fd) =>
    readlink(`/proc/self/fd/${fd}`).catch(() => ''),
  );
  return (await Promise.all(links)).filter((link) => link === path).length;
}

describe('readParquetBatches', () => {
  it('should open nothing before the first batch is asked for', async () => {
    const batches = readParquetBatches('/does/not/exist.parquet');

    await expect(batches.next()).rejects.toThrow(FileError);
  });

  it.runIf(process.platform === 'linux')(
    'should close the file however the reading ends',
    async () => {
      const path = await write(100);
      const controller = new AbortController();

      await collect(readParquetBatches(path));
      for await (const _ of readParquetBatches(path)) {
        expect(await openCount(path)).toBe(1);
        break;
      }
      const aborted = (async () => {
        for await (const _ of readParquetBatches(path, { signal: controller.signal })) {
          controller.abort(reason);
        }
      })();

      await expect(aborted).rejects.toBe(reason);
      await expect(collect(readParquetBatches(path, { columns: ['missing'] }))).rejects.toThrow();
      expect(await openCount(path)).toBe(0);
    },
  );

  it('should read one row group at a time', async () => {
    const path = await write(35);

    const rows = (await collect(readParquetBatches(path))).map((batch) => batch.numRows);

    expect(rows).toEqual([10, 10, 10, 5]);
  });

  it('should not need the row groups it does not come to', async () => {
    const path = await write(100);
    const bytes = await readFile(path);
    const footerStart = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
    bytes.fill(0, footerStart / 2, footerStart);
    await writeFile(path, bytes);

    const batches = readParquetBatches(path);
    const { value } = await batches.next();
    await batches.return();

    expect(value?.numRows).toBe(10);
    await expect(collect(readParquetBatches(path))).rejects.toThrow(FormatError);
  });

  it('should refuse a column that is not there, and name those that are', async () => {
    const path = await write(1);

    const reading = collect(readParquetBatches(path, { columns: ['id', 'age'] }));

    await expect(reading).rejects.toThrow(SchemaError);
    await expect(reading).rejects.toThrow(
      `column is not in ${path}: 'age'. Its columns are id, name.`,
    );
  });

  it('should refuse a file whose footer counts other rows than its row groups', async () => {
    const path = await write(40, 40);
    const bytes = await readFile(path);
    // The footer's count: field 3, a 64-bit integer, zigzag 80.
    const at = bytes.lastIndexOf(Buffer.from([0x16, 80, 0x19]));
    bytes[at + 1] = 82;
    const handle = await open(path, 'w');
    await handle.writeFile(bytes);
    await handle.close();

    const reading = collect(readParquetBatches(path));

    await expect(reading).rejects.toThrow(FormatError);
    await expect(reading).rejects.toThrow(/40 rows of 41/);
  });
});

describe('parquetSummary', () => {
  it('should say what is in the file, as JSON', async () => {
    const path = await write(25);

    const summary = await parquetSummary(path);

    expect(JSON.parse(JSON.stringify(summary))).toMatchObject({
      path,
      format: 'parquet',
      rows: 25,
      columns: [
        { name: 'id', type: 'int32', nullable: false, metadata: { unit: 'none' } },
        { name: 'name', type: 'utf8', nullable: true },
      ],
      rowGroups: [{ rows: 10 }, { rows: 10 }, { rows: 5 }],
      codecs: ['ZSTD'],
      metadata: { origin: 'test' },
    });
    expect(summary.createdBy).toContain('parquet-rs');
    expect(summary.rowGroups.every((group) => group.bytes > 0)).toBe(true);
    expect(summary.bytes).toBe((await readFile(path)).length);
  });
});
