import { Bool, type Data, Field, Int32, makeData, Schema, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClassRows } from '../../../src/augment/mixing/class-rows.js';
import { createShares } from '../../../src/augment/mixing/shares.js';
import { createClassifier } from '../../../src/augment/plan/classify.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { DataError } from '../../../src/errors.js';
import { caseCount } from '../../support/cases.js';
import { numbersOf } from '../support/numbered.js';

const schema = new Schema([new Field('fraud', new Bool(), false), new Field('n', new Int32())]);

/** Chunks of 8 rows, of which `share` in 8 are frauds; rows are numbered. */
function chunksOf(share: number) {
  let made = 0;
  return {
    async next() {
      const numbers = Int32Array.from({ length: 8 }, () => made++);
      const flags = [...numbers].map((n) => n % 8 < share);
      const n = makeData({ type: new Int32(), length: 8, nullCount: 0, data: numbers });
      return makeBatch(schema, [vectorFromArray(flags, new Bool()).data[0] as Data, n], 8);
    },
    async dispose() {},
  };
}
const shares = createShares({ column: 'fraud', classes: { true: 0.5 }, otherwise: 0.1 });
const classify = createClassifier(schema, shares) as NonNullable<
  ReturnType<typeof createClassifier>
>;
const numbersIn = (ranges: Awaited<ReturnType<ReturnType<typeof createClassRows>>>) =>
  ranges.flatMap(({ batch, start, length }) => numbersOf([batch], 1).slice(start, start + length));

describe('createClassRows', () => {
  it("should give each class its own rows, in the model's order, however they are asked for", async () => {
    const asks = fc.array(fc.record({ place: fc.nat(1), count: fc.integer({ min: 1, max: 20 }) }));
    await fc.assert(
      fc.asyncProperty(asks, async (wanted) => {
        const open = () => createClassRows(chunksOf(3), classify, shares, (chunk) => chunk);
        const [whole, pieces] = [open(), open()];

        const rows = numbersIn(await whole(wanted));
        const cut: number[] = [];
        for (const { place, count } of wanted) {
          for (let k = 0; k < count; k++)
            cut.push(...numbersIn(await pieces([{ place, count: 1 }])));
        }

        expect(cut).toEqual(rows);
        const places = wanted.flatMap(({ place, count }) => Array<number>(count).fill(place));
        expect(rows.map((n) => (n % 8 < 3 ? 0 : 1))).toEqual(places);
        expect(new Set(rows).size).toBe(rows.length);
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should give up on a class that the model does not make, naming it', async () => {
    const take = createClassRows(chunksOf(0), classify, shares, (chunk) => chunk);

    const taking = take([{ place: 0, count: 1 }]);

    await expect(taking).rejects.toThrow(DataError);
    await expect(taking).rejects.toThrow(/no rows of a class: column 'fraud', class 'true'/);
  });
});
