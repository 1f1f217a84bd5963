import { type RecordBatch, Schema } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concatenateBatches,
  gatherRuns,
  sliceBatch,
} from '../../../src/data/batches/interleave.js';
import { caseCount } from '../../support/cases.js';
import { allTypes, arbitraryBatches } from '../support/arbitrary-batches.js';
import { exactRows } from '../support/exact.js';

const arbitraryRuns = (batches: readonly RecordBatch[]) =>
  fc.array(
    fc.nat(batches.length - 1).chain((source) => {
      const rows = batches[source]?.numRows ?? 0;
      return fc
        .tuple(fc.nat(rows), fc.nat(rows))
        .map(([a, b]) => ({ source, start: Math.min(a, b), length: Math.abs(a - b) }));
    }),
    { maxLength: 8 },
  );

describe('gatherRuns', () => {
  it('should give the rows of the runs, bit for bit, for any types, slices and runs', () => {
    const cases = arbitraryBatches(allTypes).chain((batches) =>
      fc.tuple(fc.constant(batches), arbitraryRuns(batches)),
    );
    fc.assert(
      fc.property(cases, ([batches, runs]) => {
        const { schema } = batches[0] as RecordBatch;
        const rows = batches.map((batch) => exactRows([batch]));

        const gathered = gatherRuns(schema, batches, runs);

        const expected = runs.flatMap(({ source, start, length }) =>
          (rows[source] as unknown[][]).slice(start, start + length),
        );
        expect(gathered.numRows).toBe(expected.length);
        expect(exactRows([gathered])).toEqual(expected);
        expect(gathered.schema).toBe(schema);
      }),
      { numRuns: caseCount(375, 1500) },
    );
  });

  it('should give what can be gathered again', () => {
    fc.assert(
      fc.property(arbitraryBatches(allTypes), (batches) => {
        const { schema } = batches[0] as RecordBatch;
        const once = concatenateBatches(schema, batches);

        const twice = concatenateBatches(schema, [once, ...batches]);

        expect(exactRows([twice])).toEqual(exactRows([once, ...batches]));
      }),
      { numRuns: caseCount(75, 300) },
    );
  });

  it('should keep the number of rows where there are no columns', () => {
    const schema = new Schema([]);
    const none = gatherRuns(schema, [], []);

    expect(none.numRows).toBe(0);
    expect(none.numCols).toBe(0);
  });

  it('should refuse runs outside their source', () => {
    const [batch] =
      fc.sample(arbitraryBatches(allTypes, { minColumns: 1 }), { numRuns: 1, seed: 1 })[0] ?? [];

    const gather = () =>
      gatherRuns(
        (batch as RecordBatch).schema,
        [batch as RecordBatch],
        [{ source: 0, start: 0, length: 1000 }],
      );

    expect(gather).toThrow(RangeError);
  });
});

describe('sliceBatch', () => {
  it('should give the rows from start to end', () => {
    fc.assert(
      fc.property(arbitraryBatches(allTypes), fc.nat(20), fc.nat(20), ([batch], a, b) => {
        const slice = sliceBatch(batch as RecordBatch, a, b);

        expect(exactRows([slice])).toEqual(
          exactRows([batch as RecordBatch]).slice(a, Math.max(a, b)),
        );
      }),
      { numRuns: caseCount(75, 300) },
    );
  });
});
