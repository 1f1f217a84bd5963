import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentWith } from '../../../src/augment/augment-batches.js';
import { readProvenance } from '../../../src/augment/provenance/provenance.js';
import {
  allTypes,
  arbitraryBatches,
  asyncFrom,
  collect,
} from '../../data/support/arbitrary-batches.js';
import { exactRows } from '../../data/support/exact.js';
import { caseCount } from '../../support/cases.js';
import { copyingTools } from '../support/copying.js';
import { numberedBatches, numberedModel, numberedTools, numbersOf } from '../support/numbered.js';

const percents = fc.integer({ min: 1, max: 95 });
const placements = fc.constantFrom('interleave', 'append');
const small = { minBatches: 2, maxBatches: 4, maxRows: 6, maxColumns: 3 };

/** Random batches of any types, and another one, for synthetic rows. */
const streams = arbitraryBatches(allTypes, small)
  .map(([chunk, ...batches]) => ({ chunk: chunk as RecordBatch, batches }))
  .filter(({ chunk }) => chunk.numRows > 0);

const textOf = (rows: unknown[][]) => rows.map((row) => JSON.stringify(row));

describe('real rows', () => {
  it('should always come out, unchanged and in order, at the exact share after every batch', async () => {
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(streams, percents, placements, async ({ chunk, batches }, r, placement) => {
        const { model, tools } = copyingTools(chunk);
        const options = { ratio: r / 100, model, mark: 'made', placement } as const;
        const made = new Set(textOf(exactRows([chunk])));
        const real: unknown[][] = [];
        let synthetic = 0;

        for await (const batch of augmentWith(tools, asyncFrom(batches), options)) {
          for (const row of exactRows([batch])) {
            const own = row.slice(0, -1);
            if (!row.at(-1)) real.push(own);
            else if (made.has(JSON.stringify(own))) synthetic++;
          }
          // The rows of a batch that owes very many come in several.
          expect(synthetic).toBe(Math.floor((real.length * r) / (100 - r)));
        }

        expect(textOf(real)).toEqual(textOf(exactRows(batches)));
        rows += synthetic;
      }),
      { numRuns: caseCount(125, 1000) },
    );
    expect(rows).toBeGreaterThan(caseCount(125, 1000));
  });

  it('should keep the very columns, in one schema that says how the data was augmented', async () => {
    await fc.assert(
      fc.asyncProperty(streams, percents, fc.boolean(), async ({ chunk, batches }, r, marked) => {
        const { model, tools } = copyingTools(chunk);
        const { schema } = batches[0] as RecordBatch;
        const mark = marked ? { mark: 'made' } : {};

        const out = await collect(
          augmentWith(tools, asyncFrom(batches), { ratio: r / 100, model, seed: 9, ...mark }),
        );

        for (const batch of out) {
          expect(batch.schema).toBe(out[0]?.schema);
          expect(batch.schema.fields.slice(0, schema.fields.length)).toEqual(schema.fields);
          expect(batch.schema.fields.length).toBe(schema.fields.length + (marked ? 1 : 0));
          expect(batch.schema.fields.every((field, k) => field === schema.fields[k])).toBe(!marked);
          expect(batch.schema.metadata.get('origin')).toBe('random');
          expect(readProvenance(batch.schema.metadata)).toMatchObject([
            { model: model.id, ratio: r / 100, seed: '9' },
          ]);
        }
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });
});

describe('mode replace', () => {
  it('should always keep the sizes of batches, and the rows that stay in their places', async () => {
    const sizes = fc.array(fc.nat(9), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sizes, percents, fc.nat(99), async (each, r, seed) => {
        const { tools } = numberedTools();
        const options = { ratio: r / 100, mode: 'replace', model: numberedModel(), seed } as const;

        const out = await collect(augmentWith(tools, asyncFrom(numberedBatches(each)), options));

        const numbers = numbersOf(out);
        expect(out.map(({ numRows }) => numRows)).toEqual(each);
        expect(numbers.every((number, row) => number < 0 || number === row)).toBe(true);
        const synthetic = numbers.filter((number) => number < 0);
        expect(synthetic).toEqual(synthetic.map((_, k) => -1 - k));
        // Exactly k of each full share of them, and in one that is not full at most one.
        const whole = Math.floor((numbers.length * r) / 100);
        expect([whole, whole + 1]).toContain(synthetic.length);
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });
});

describe('limit', () => {
  it('should always bound the synthetic rows, and never the real ones', async () => {
    const sizes = fc.array(fc.nat(9), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sizes, percents, fc.nat(12), async (each, r, limit) => {
        const { tools } = numberedTools();
        const options = { ratio: r / 100, limit, model: numberedModel() };

        const out = await collect(augmentWith(tools, asyncFrom(numberedBatches(each)), options));

        const numbers = numbersOf(out);
        const real = numbers.filter((number) => number >= 0);
        expect(real).toEqual(real.map((_, k) => k));
        expect(real.length).toBe(each.reduce((sum, size) => sum + size, 0));
        const due = Math.floor((real.length * r) / (100 - r));
        expect(numbers.length - real.length).toBe(Math.min(due, limit));
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });
});
