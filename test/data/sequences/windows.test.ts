import { tableFromArrays } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainRows } from '../../../src/data/rows/to-rows.js';
import type { WindowOptions } from '../../../src/data/sequences/options.js';
import { ungroupSequenceBatches } from '../../../src/data/sequences/ungroup.js';
import { windowBatches } from '../../../src/data/sequences/windows.js';
import { caseCount } from '../../support/cases.js';
import { collect } from '../support/arbitrary-batches.js';
import { exactRows } from '../support/exact.js';

const series = (rows: number) =>
  tableFromArrays({ v: Int32Array.from({ length: rows }, (_, k) => k) });
const cut = async (rows: number, options: WindowOptions) =>
  (await collect(plainRows(windowBatches(series(rows), options)))).map(({ v }) => v);

describe('windowBatches', () => {
  it.each([
    [
      { length: 2 },
      [
        [0, 1],
        [2, 3],
      ],
    ],
    [{ length: 2, rest: 'keep' }, [[0, 1], [2, 3], [4]]],
    [
      { length: 3, step: 1 },
      [
        [0, 1, 2],
        [1, 2, 3],
        [2, 3, 4],
      ],
    ],
    [
      { length: 3, step: 1, rest: 'keep' },
      [
        [0, 1, 2],
        [1, 2, 3],
        [2, 3, 4],
      ],
    ],
    [{ length: 1, step: 2 }, [[0], [2], [4]]],
    [{ length: 9, rest: 'keep' }, [[0, 1, 2, 3, 4]]],
    [{ length: 9 }, []],
  ] as const)('should cut 5 rows by %o', async (options, expected) => {
    expect(await cut(5, options)).toEqual(expected);
  });

  it('should cut the series of each entity by itself, and repeat its attributes', async () => {
    const table = tableFromArrays({
      id: [1, 1, 1, 2, 2],
      kind: [5, 5, 5, 6, 6],
      v: [1, 2, 3, 4, 5],
    });

    const rows = await collect(plainRows(windowBatches(table, { length: 2, step: 1, by: 'id' })));

    expect(rows).toEqual([
      { id: 1, kind: 5, v: [1, 2] },
      { id: 1, kind: 5, v: [2, 3] },
      { id: 2, kind: 6, v: [4, 5] },
    ]);
  });

  it('should be undone by ungrouping where windows neither overlap nor drop rows', async () => {
    const cases = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 }));
    await fc.assert(
      fc.asyncProperty(cases, async ([rows, length]) => {
        const windows = windowBatches(series(rows), { length, rest: 'keep' });

        const back = await collect(ungroupSequenceBatches(windows));

        expect(exactRows(back)).toEqual(exactRows(series(rows).batches));
      }),
      { numRuns: caseCount(40, 300) },
    );
  });
});
