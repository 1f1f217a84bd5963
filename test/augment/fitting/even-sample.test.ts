import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Field, Int32, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleAgain } from '../../../src/augment/fitting/even-sample.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { toBatches } from '../../../src/data/batches/batch-source.js';
import { type Rereadable, rereadableOf } from '../../../src/data/batches/rereadable.js';
import { readBatches } from '../../../src/data/open.js';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { writeParquetFile } from '../../../src/data/parquet/write.js';
import { caseCount } from '../../support/cases.js';
import { numberedBatches, numberedSchema, numbersOf } from '../support/numbered.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'even-sample-'));
});

afterAll(() => rm(directory, { recursive: true }));

const schema = new Schema([
  new Field('n', new Int32(), false),
  new Field('class', new Utf8(), true),
]);

/** Rows numbered from `start`, of which each thousandth is of a rare class. */
function classified(start: number, rows: number): RecordBatch {
  const numbers = Array.from({ length: rows }, (_, row) => start + row);
  const classes = numbers.map((n) => (n % 1000 === 999 ? 'rare' : 'usual'));
  const data = [vectorFromArray(numbers, new Int32()), vectorFromArray(classes, new Utf8())];
  return makeBatch(
    schema,
    data.map((vector) => vector.data[0] as never),
    rows,
  );
}

async function* streamOf(batches: readonly RecordBatch[]) {
  yield* batches;
}

const againOf = (source: object) => rereadableOf(source) as Rereadable;
const options = { schema, target: undefined, seed: 1, signal: undefined };

describe('sampleAgain', () => {
  it('should draw the same rows however they lie in batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(60), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 90 }),
        async (cuts, size) => {
          const rows = cuts.reduce((sum, count) => sum + count, 0);
          const drawn = async (sizes: number[]) => {
            const again = againOf(toBatches(numberedBatches(sizes)));
            const sample = await sampleAgain(again, { ...options, schema: numberedSchema, size });
            return { ...sample, batches: numbersOf(sample.batches) };
          };

          const [whole, cut] = [await drawn([rows]), await drawn(cuts)];

          expect(cut).toEqual(whole);
          expect(cut).toMatchObject({ rows: Math.min(size, rows), of: rows });
          expect(new Set(cut.batches).size).toBe(cut.rows);
        },
      ),
      { numRuns: caseCount(60, 500) },
    );
  });

  it('should draw the same rows of a file, whatever its row groups, of many files, and of memory', async () => {
    const all = Array.from({ length: 30 }, (_, part) => classified(part * 100, 100));
    const one = join(directory, 'one.parquet');
    await writeParquetFile(one, streamOf(all), { rowGroupRows: 700 });
    const many = join(directory, 'many');
    await mkdir(many);
    for (const part of [0, 1, 2]) {
      const path = join(many, `${part}.parquet`);
      await writeParquetFile(path, streamOf(all.slice(part * 10, part * 10 + 10)));
    }
    const sources = [toBatches(all), readBatches(one), readBatches(many), readBatches([one])];

    const drawn = await Promise.all(
      sources.map((source) => sampleAgain(againOf(source), { ...options, size: 200 })),
    );

    const [first, ...others] = drawn.map(({ batches }) => numbersOf(batches));
    expect(first).toHaveLength(200);
    expect(first?.every((row, place) => Math.floor(row / 15) === place)).toBe(true);
    for (const other of others) expect(other).toEqual(first);
    expect(drawn.flatMap(({ batches }) => batches).every((batch) => batch.schema === schema)).toBe(
      true,
    );
  });

  it('should hold the rows of classes that an even sample would lose', async () => {
    const again = againOf(toBatches([classified(0, 8000), classified(8000, 2000)]));

    const { batches, rows } = await sampleAgain(again, { ...options, size: 100, target: 'class' });

    const numbers = numbersOf(batches);
    expect(numbers.filter((row) => row % 1000 === 999)).toHaveLength(10);
    expect(rows).toBeLessThanOrEqual(100);
    expect(rows).toBeGreaterThan(95);
  });

  it('should read no row group without a wanted row', async () => {
    const path = join(directory, 'groups.parquet');
    await writeParquetFile(path, streamOf([classified(0, 100_000)]), {
      rowGroupRows: 5000,
      compression: 'uncompressed',
    });
    const bytes = await readFile(path);
    let read = 0;
    const ranges = {
      byteLength: bytes.length,
      slice(start: number, end: number) {
        read += end - start;
        return bytes.subarray(start, end);
      },
    };

    const sample = await sampleAgain(againOf(readParquetBatches(ranges)), { ...options, size: 4 });

    expect(sample).toMatchObject({ rows: 4, of: 100_000 });
    expect(read).toBeLessThan(bytes.length / 2);
  });

  it('should refuse a source that has lost rows meanwhile', async () => {
    const batches = [classified(0, 100)];
    const again: Rereadable = {
      count: async () => 200,
      read: (request) => againOf(toBatches(batches)).read(request),
    };

    const sample = sampleAgain(again, { ...options, size: 50 });

    await expect(sample).rejects.toThrow('source has changed while it was read');
  });

  it('should end with the reason of the signal', async () => {
    const again = againOf(toBatches([classified(0, 100)]));
    const signal = AbortSignal.abort(new Error('no more'));

    await expect(sampleAgain(again, { ...options, size: 10, signal })).rejects.toThrow('no more');
  });
});
