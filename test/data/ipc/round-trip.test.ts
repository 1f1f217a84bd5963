import { readFile } from 'node:fs/promises';
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIpcBatches } from '../../../src/data/ipc/read.js';
import { encodeIpcStream, writeIpcFile } from '../../../src/data/ipc/write.js';
import { caseCount } from '../../support/cases.js';
import { allTypes, arbitraryBatches, asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { exactRows } from '../support/exact.js';
import { expectSameBatches } from '../support/same-batches.js';

const directory = useDirectory();

describe.each(['arrow-file', 'arrow-stream'] as const)('writeIpcFile as %s', (format) => {
  it('should be read back bit for bit, whatever the types, slices and dictionaries', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBatches(allTypes), async (batches) => {
        const path = directory.fresh('arrow');

        const summary = await writeIpcFile(path, asyncFrom(batches), { format });
        const read = await collect(readIpcBatches(path));

        expectSameBatches(read, batches);
        expect(summary.rows).toBe(exactRows(batches).length);
      }),
      { numRuns: caseCount(30, 120) },
    );
  });

  it('should be read by apache-arrow itself', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBatches(allTypes, { minColumns: 1 }), async (batches) => {
        const path = directory.fresh('arrow');

        await writeIpcFile(path, asyncFrom(batches), { format });
        const table = tableFromIPC(await readFile(path));

        const read = table.batches.filter((batch) => batch.numRows > 0);
        expect(exactRows(read)).toEqual(exactRows(batches));
      }),
      { numRuns: caseCount(10, 40) },
    );
  });

  it('should be read from bytes that come in pieces of any size', async () => {
    const cases = fc.tuple(arbitraryBatches(allTypes), fc.integer({ min: 1, max: 300 }));
    await fc.assert(
      fc.asyncProperty(cases, async ([batches, size]) => {
        const path = directory.fresh('arrow');
        await writeIpcFile(path, asyncFrom(batches), { format });
        const bytes = await readFile(path);
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, k) =>
          bytes.subarray(k * size, (k + 1) * size),
        );

        const read = await collect(readIpcBatches(asyncFrom(pieces)));

        expect(exactRows(read)).toEqual(exactRows(batches));
      }),
      { numRuns: caseCount(10, 40) },
    );
  });
});

describe('encodeIpcStream', () => {
  it('should give the same bytes as a stream file, each time', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBatches(allTypes), async (batches) => {
        const path = directory.fresh('arrows');
        await writeIpcFile(path, asyncFrom(batches), { format: 'arrow-stream' });

        const bytes = Buffer.concat(await collect(encodeIpcStream(asyncFrom(batches))));

        expect(bytes.equals(await readFile(path))).toBe(true);
      }),
      { numRuns: caseCount(13, 50) },
    );
  });
});
