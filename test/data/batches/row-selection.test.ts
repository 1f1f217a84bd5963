import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutSelected, selectRows } from '../../../src/data/batches/row-selection.js';
import { numberedBatches, numbersOf } from '../../augment/support/numbered.js';
import { caseCount } from '../../support/cases.js';

async function* streamOf<Item>(items: readonly Item[]) {
  yield* items;
}

describe('selectRows', () => {
  it('should cut the wanted rows out of batches, and know which hold none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(20), { maxLength: 8 }),
        fc.uniqueArray(fc.nat(100)),
        async (sizes, picked) => {
          const rows = sizes.reduce((sum, size) => sum + size, 0);
          const wanted = picked.filter((row) => row < rows).sort((a, b) => a - b);
          const selection = selectRows(Float64Array.from(wanted));
          const found: number[] = [];

          for await (const batch of cutSelected(streamOf(numberedBatches(sizes)), selection)) {
            found.push(...numbersOf([batch]));
          }

          expect(found).toEqual(wanted);
          let start = 0;
          for (const size of sizes) {
            const has = wanted.some((row) => row >= start && row < start + size);
            expect(selection.meets(start, start + size)).toBe(has);
            expect(selection.from(start).meets(0, size)).toBe(has);
            start += size;
          }
        },
      ),
      { numRuns: caseCount(100, 1000) },
    );
  });
});
