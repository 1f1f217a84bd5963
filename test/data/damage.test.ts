import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../src/data/inspect.js';
import { readBatches, writeBatches } from '../../src/data/open.js';
import { FileError, FormatError, GanAugmentError } from '../../src/errors.js';
import { caseCount } from '../support/cases.js';
import { arbitraryBatches, asyncFrom, collect, commonTypes } from './support/arbitrary-batches.js';
import { useDirectory } from './support/directory.js';
import { exactRows } from './support/exact.js';
import { exampleBatch } from './support/example.js';

const directory = useDirectory();

const read = (path: string) => collect(readBatches(path));
const failure = (path: string) =>
  read(path).then(
    () => undefined,
    (error) => error,
  );

describe.each(['parquet', 'arrow', 'arrows'])('readBatches of a damaged .%s', (extension) => {
  it('should refuse a file that is cut short anywhere', async () => {
    const whole = directory.fresh(extension);
    const cut = directory.fresh(extension);
    await writeBatches(whole, asyncFrom([exampleBatch(0, 40), exampleBatch(40, 40)]));
    const bytes = await readFile(whole);
    const step = Math.max(Math.floor(bytes.length / 60), 1);

    for (
      let length = bytes.length - 1;
      length >= 0;
      length -= length > bytes.length - 40 ? 1 : step
    ) {
      // A stream may end without its marker: nothing is missing then.
      if (extension === 'arrows' && length === bytes.length - 8) continue;
      await writeFile(cut, bytes.subarray(0, length));
      const error = await failure(cut);
      expect(error, `${length} of ${bytes.length}`).toBeInstanceOf(FormatError);
      expect(error.message).toContain(cut);
    }
  });

  it('should read or refuse a file with wrong bytes, and nothing worse', async () => {
    const samples = fc.sample(
      arbitraryBatches(commonTypes, { minColumns: 2, minBatches: 3, instants: 'parquet' }),
      { numRuns: 1, seed: 5 },
    );
    const whole = directory.fresh(extension);
    const damaged = directory.fresh(extension);
    await writeBatches(whole, asyncFrom(samples[0] ?? []));
    const bytes = await readFile(whole);
    const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    });

    await fc.assert(
      fc.asyncProperty(flips, async (places) => {
        const copy = Buffer.from(bytes);
        for (const [at, by] of places) copy[at] = (copy[at] as number) ^ by;
        await writeFile(damaged, copy);

        const error = await failure(damaged);

        if (error)
          expect(GanAugmentError.isInstance(error), `${places}: ${error?.stack}`).toBe(true);
      }),
      { numRuns: caseCount(30, 120) },
    );
    // The decoder still works after what it was given.
    expect(exactRows(await read(whole))).toEqual(exactRows(samples[0] ?? []));
  });

  it('should refuse rubbish behind a good start', async () => {
    const path = directory.fresh(extension);
    const start = { parquet: 'PAR1', arrow: 'ARROW1\0\0', arrows: '\xff\xff\xff\xff' }[extension];
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (rest) => {
        await writeFile(path, Buffer.concat([Buffer.from(start ?? '', 'latin1'), rest]));

        expect(await failure(path)).toBeInstanceOf(FormatError);
        await expect(inspectFile(path)).rejects.toBeInstanceOf(FormatError);
      }),
      { numRuns: caseCount(15, 60) },
    );
  });
});

describe('readBatches', () => {
  it.each([
    ['', 'it is empty'],
    ['a,b\n1,2\n', 'it starts with 612c620a312c320a'],
  ])('should refuse a file of another format: %j', async (text, reason) => {
    const path = directory.fresh('parquet');
    await writeFile(path, text);

    const error = await failure(path);

    expect(error).toBeInstanceOf(FormatError);
    expect(error.message).toContain(`file is in no known format: ${path} (${reason})`);
  });

  it('should refuse a file that does not exist, or is a directory', async () => {
    const path = directory.fresh('parquet');

    expect(await failure(path)).toBeInstanceOf(FileError);
    expect((await failure(path)).message).toBe(
      `ganAugment: input file does not exist: ${path}. Check the path.`,
    );
    expect(await failure('/')).toBeInstanceOf(FileError);
  });
});
