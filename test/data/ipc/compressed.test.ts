import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIpcBatches } from '../../../src/data/ipc/read.js';
import { GanAugmentError } from '../../../src/errors.js';
import { caseCount } from '../../support/cases.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { exactRows } from '../support/exact.js';

const pathOf = (name: string) => fileURLToPath(new URL(`foreign/${name}`, import.meta.url));

describe('readIpcBatches of compressed bodies', () => {
  it.each([
    ['pyarrow-lz4.arrow', 'pyarrow-uncompressed.arrow'],
    ['pyarrow-zstd.arrow', 'pyarrow-uncompressed.arrow'],
    ['pyarrow-lz4.arrows', 'pyarrow-uncompressed.arrow'],
    ['pyarrow-zstd.arrows', 'pyarrow-uncompressed.arrow'],
    ['polars-lz4.arrow', 'polars-uncompressed.arrow'],
    ['polars-zstd.arrow', 'polars-uncompressed.arrow'],
  ])('should read %s like %s', async (compressed, plain) => {
    const read = exactRows(await collect(readIpcBatches(pathOf(compressed))));

    expect(read).toHaveLength(300);
    expect(read).toEqual(exactRows(await collect(readIpcBatches(pathOf(plain)))));
  });

  it.each(['lz4', 'zstd'])(
    'should give no more than right rows for a damaged %s',
    async (codec) => {
      const bytes = await readFile(pathOf(`pyarrow-${codec}.arrows`));
      const rows = exactRows(await collect(readIpcBatches(asyncFrom([bytes])))).length;

      await fc.assert(
        fc.asyncProperty(
          fc.nat(bytes.length - 1),
          fc.integer({ min: 1, max: 255 }),
          async (at, x) => {
            const damaged = Uint8Array.from(bytes, (byte, k) => (k === at ? byte ^ x : byte));

            const reading = collect(readIpcBatches(asyncFrom([damaged])));

            // A changed byte of a value is a value; a changed length, name or code must not get through.
            const result = await reading.catch((error: unknown) => error);
            if (Array.isArray(result)) expect(exactRows(result)).toHaveLength(rows);
            else expect(GanAugmentError.isInstance(result), String(result)).toBe(true);
          },
        ),
        { numRuns: caseCount(75, 300) },
      );
    },
  );
});
