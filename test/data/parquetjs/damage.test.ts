import { readFile, writeFile } from 'node:fs/promises';
import { Bool, Field, Int32, Schema, Utf8 } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { checkLevels } from '../../../src/data/parquetjs/check-levels.js';
import { readParquetJsBatches } from '../../../src/data/parquetjs/read.js';
import { writeParquetJsFile } from '../../../src/data/parquetjs/write.js';
import { FormatError, GanAugmentError } from '../../../src/errors.js';
import { arbitraryData } from '../../../src/testing/arbitrary-data.js';
import { caseCount } from '../../support/cases.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

/** Levels as runs of equal ones, and groups of 8 packed bits, as a writer may cut them. */
const runs = fc.array(
  fc.oneof(
    fc.record({ level: fc.nat(1), count: fc.integer({ min: 1, max: 300 }) }),
    fc.record({ bits: fc.uint8Array({ minLength: 1, maxLength: 9 }) }),
  ),
  { minLength: 1, maxLength: 6 },
);

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

describe('checkLevels', () => {
  it('should count the levels of any runs, and find where they end', () => {
    fc.assert(
      fc.property(runs, fc.nat(7), (each, spare) => {
        const levels = each.flatMap((run) =>
          'bits' in run
            ? [...run.bits].flatMap((byte) => Array.from({ length: 8 }, (_, k) => (byte >> k) & 1))
            : Array<number>(run.count).fill(run.level),
        );
        const bytes = each.flatMap((run) =>
          'bits' in run
            ? [...varint(2 * run.bits.length + 1), ...run.bits]
            : [...varint(2 * run.count), run.level],
        );
        const last = each.at(-1) as (typeof each)[number];
        const values = levels.length - ('bits' in last ? spare : 0);

        const found = checkLevels(Uint8Array.from([9, 9, ...bytes, 9]), 2, values, 'x');

        const valid = levels.slice(0, values).filter((level) => level === 1).length;
        expect(found).toEqual({ valid, end: bytes.length + 2 });
      }),
      { numRuns: caseCount(25, 100) },
    );
  });

  it.each([
    [
      'a run of more levels than values',
      [...varint(2 * 2 ** 28), 1],
      /run of 268435456 levels of 9/,
    ],
    ['packed bits of more levels', [...varint(2 * 2 ** 28 + 1), 1, 1], /a run of 2147483648/],
    ['a run of none', [0, 1, 18, 1], /a run of 0/],
    ['a level that is none', [18, 2], /a level of 2/],
    ['fewer bytes than levels', [5, 255], /more levels than bytes/],
    ['no end', [255, 255, 255, 255, 255, 255, 255, 255], /a run without end/],
    ['nothing', [], /more levels than bytes/],
  ])('should refuse %s', (_, bytes, message) => {
    const check = () => checkLevels(Uint8Array.from(bytes), 0, 9, 'x');

    expect(check).toThrow(FormatError);
    expect(check).toThrow(message);
  });
});

describe('readParquetJsBatches of a damaged file', () => {
  const rows = 300;
  const fields = [new Bool(), new Int32(), new Utf8()].map(
    (type, k) => new Field(`c${k}`, type, k !== 1),
  );

  it.each(['uncompressed', 'snappy', 'gzip'] as const)(
    'should give as many rows as it claims, or refuse it: %s',
    async (compression) => {
      const path = directory.fresh('parquet');
      const data = fields.map(({ type, nullable }, seed) =>
        fc.sample(arbitraryData(type, rows, nullable), { numRuns: 1, seed }).at(0),
      );
      const batch = makeBatch(new Schema(fields), data as never, rows);
      await writeParquetJsFile(path, asyncFrom([batch]), { compression, rowGroupRows: 100 });
      const bytes = await readFile(path);
      const places = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {
        minLength: 1,
        maxLength: 3,
      });
      let refused = 0;

      await fc.assert(
        fc.asyncProperty(places, async (each) => {
          const copy = Buffer.from(bytes);
          for (const [at, value] of each) copy[at] = value;
          await writeFile(path, copy);

          const read = await collect(readParquetJsBatches(path)).catch((error: unknown) => error);

          if (Array.isArray(read)) {
            expect(read.reduce((sum, { numRows }) => sum + numRows, 0)).toBeLessThanOrEqual(rows);
          } else {
            if (!GanAugmentError.isInstance(read)) throw read;
            refused++;
          }
        }),
        { numRuns: caseCount(38, 150) },
      );
      expect(refused).toBeGreaterThan(caseCount(4, 20));
    },
  );

  it('should refuse a run that claims millions of levels, before the library makes them', async () => {
    const path = directory.fresh('parquet');
    const batch = makeBatch(
      new Schema(fields.slice(0, 1)),
      [fc.sample(arbitraryData(new Bool(), 300, false), { numRuns: 1, seed: 1 })[0] as never],
      300,
    );
    await writeParquetJsFile(path, asyncFrom([batch]), { compression: 'uncompressed' });
    const bytes = await readFile(path);
    // One run of 300 levels that are 1; the next bytes make it longer.
    const at = bytes.indexOf(Buffer.from([...varint(600), 1]));
    bytes.fill(0xff, at, at + 4);
    await writeFile(path, bytes);

    const reading = collect(readParquetJsBatches(path));

    expect(at).toBeGreaterThan(4);
    await expect(reading).rejects.toThrow(/column is damaged: 'c0' .*a run of \d+ levels of 300/);
  });
});
