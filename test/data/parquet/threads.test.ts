import { readFile, writeFile } from 'node:fs/promises';
import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngineThreads } from '../../../src/data/parquet/engine/threads.js';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { writeParquetFile } from '../../../src/data/parquet/write.js';
import { FormatError, InvalidOptionError } from '../../../src/errors.js';
import { arbitraryBatches, asyncFrom, collect, commonTypes } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { exampleBatch } from '../support/example.js';
import { expectSameBatches } from '../support/same-batches.js';

const directory = useDirectory();

// To start a thread for each case would take most of the time.
const held = openEngineThreads(2);
afterAll(() => held.close());

async function write(batches: readonly RecordBatch[], threads: number, rowGroupRows = 10) {
  const path = directory.fresh('parquet');
  await writeParquetFile(path, asyncFrom(batches), { rowGroupRows, threads });
  return path;
}

/** A file of ten row groups, the middle of which is of zeros. */
async function damaged() {
  const path = await write([exampleBatch(0, 100)], 0);
  const bytes = await readFile(path);
  const footerStart = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  await writeFile(path, bytes.fill(0, footerStart >> 1, ((footerStart * 2) / 3) | 0));
  return path;
}

/** What comes of a file, and the error at the end. */
async function readUntilError(path: string, threads: number) {
  const batches: RecordBatch[] = [];
  try {
    for await (const batch of readParquetBatches(path, { threads })) batches.push(batch);
  } catch (error) {
    return { batches, error };
  }
  return { batches, error: undefined };
}

const threadsAlive = () =>
  process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name)).length;

describe('threads of readParquetBatches and writeParquetFile', () => {
  it('should change no byte that is written, and no batch that is read', async () => {
    const cases = fc.tuple(
      arbitraryBatches(commonTypes, { minColumns: 1, instants: 'parquet' }),
      fc.integer({ min: 1, max: 30 }),
      fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    );

    await fc.assert(
      fc.asyncProperty(cases, async ([batches, rowGroupRows, batchRows]) => {
        const paths = await Promise.all([0, 1, 2].map((n) => write(batches, n, rowGroupRows)));
        const [none, ...others] = await Promise.all(paths.map((path) => readFile(path)));
        const path = paths[0] as string;
        const alone = await collect(readParquetBatches(path, { threads: 0, batchRows }));

        for (const other of others) expect(other.equals(none as Buffer)).toBe(true);
        for (const threads of [1, 2]) {
          const read = await collect(readParquetBatches(path, { threads, batchRows }));
          expectSameBatches(read, alone);
          expect(read.map(({ numRows }) => numRows)).toEqual(alone.map(({ numRows }) => numRows));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('should give the rows before damage, and the error of the calling thread', async () => {
    const path = await damaged();

    const [alone, apart] = await Promise.all([0, 2].map((n) => readUntilError(path, n)));

    expect(alone?.batches.length).toBeGreaterThan(0);
    expect(apart?.batches.length).toBe(alone?.batches.length);
    expect(apart?.error).toBeInstanceOf(FormatError);
    expect(String(apart?.error)).toBe(String(alone?.error));
  });

  it('should keep no thread once a reading is left, or has failed', async () => {
    const path = await write([exampleBatch(0, 100)], 2);
    await held.close();
    const before = threadsAlive();

    for await (const _ of readParquetBatches(path, { threads: 2 })) break;
    await readUntilError(await damaged(), 2);

    expect(threadsAlive()).toBe(before);
  });

  it.each([-1, 1.5, 65, '2'])('should refuse %j, and write nothing', async (threads) => {
    const path = directory.fresh('parquet');
    const options = { threads: threads as number };

    const reading = collect(readParquetBatches('fixtures/penguins.parquet', options));
    const writing = writeParquetFile(path, asyncFrom([exampleBatch(0, 1)]), options);

    await expect(reading).rejects.toThrow(InvalidOptionError);
    await expect(writing).rejects.toThrow(/threads must be/);
  });
});
