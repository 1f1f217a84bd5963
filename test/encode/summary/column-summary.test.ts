import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatenateBatches } from '../../../src/data/batches/interleave.js';
import type { ColumnEncoder } from '../../../src/encode/encoder.js';
import {
  areSummaries,
  createBinner,
  summarizeColumns,
} from '../../../src/encode/summary/column-summary.js';
import { columnOf } from '../../../src/encode/table.js';
import { allTypes, arbitraryBatches } from '../../data/support/arbitrary-batches.js';
import { caseCount } from '../../support/cases.js';

const learned = (batches: readonly RecordBatch[]) =>
  (batches[0] as RecordBatch).schema.fields.map(
    () => ({ kind: 'any', spans: [{ kind: 'scalar' }] }) as unknown as ColumnEncoder,
  );

describe('summarizeColumns', () => {
  it('should say how any column is spread, however rows are cut, and survive JSON', () => {
    let seen = 0;
    fc.assert(
      fc.property(arbitraryBatches(allTypes), (batches) => {
        const { schema } = batches[0] as RecordBatch;
        const whole = concatenateBatches(schema, batches);

        const summaries = summarizeColumns(schema, batches, learned(batches));

        expect(summarizeColumns(schema, [whole], learned(batches))).toEqual(summaries);
        expect(areSummaries(JSON.parse(JSON.stringify(summaries)))).toBe(true);
        for (const summary of summaries) {
          const place = schema.fields.findIndex(({ name }) => name === summary.name);
          const counts = createBinner(summary)(columnOf([whole], place) as never);
          expect(summary.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
          expect(Array.from(counts, (count) => count / whole.numRows)).toEqual(summary.shares);
          seen++;
        }
      }),
      { numRuns: caseCount(125, 500) },
    );
    expect(seen).toBeGreaterThan(caseCount(50, 200));
  });

  it('should leave out columns that are not learned', () => {
    fc.assert(
      fc.property(arbitraryBatches(allTypes), (batches) => {
        const none = learned(batches).map((encoder) => ({ ...encoder, spans: [] }));

        expect(summarizeColumns((batches[0] as RecordBatch).schema, batches, none)).toEqual([]);
      }),
      { numRuns: caseCount(25, 100) },
    );
  });

  it.each([
    null,
    [null],
    [{ name: 'a', shares: [1, 0] }],
    [{ name: 'a', edges: ['x'], shares: [1, 0, 0] }],
    [{ name: 'a', edges: [1], shares: [1, 0] }],
    [{ name: 'a', levels: ['x'], shares: [2, 0, 0] }],
  ])('should refuse %j as one', (value) => {
    expect(areSummaries(value)).toBe(false);
  });
});
