import { Table } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceBatch } from '../../src/data/batches/interleave.js';
import { arbitraryBatches } from '../../src/testing/arbitrary-batches.js';
import { checkSameRows } from '../../src/testing/check-same-rows.js';
import { GuaranteeError } from '../../src/testing/guarantee-error.js';
import { exampleBatch } from '../data/support/example.js';
import { caseCount } from '../support/cases.js';

describe('checkSameRows', () => {
  it('should find rows of every type to be the same, however they are cut', () => {
    fc.assert(
      fc.property(arbitraryBatches(), fc.nat(20), (batches, place) => {
        const cut = batches.flatMap((batch) => [
          sliceBatch(batch, 0, place),
          sliceBatch(batch, place),
        ]);

        const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
        expect(checkSameRows(batches, cut)).toBe(rows);
      }),
      { numRuns: caseCount(100, 1000) },
    );
  });

  it('should take tables and single batches', () => {
    const batch = exampleBatch(0, 5);

    expect(checkSameRows(batch, new Table([batch]))).toBe(5);
  });

  it.each([
    ['a row too few', exampleBatch(0, 4), 'row 4: there are 4 rows instead of 5'],
    ['a row too many', exampleBatch(0, 6), 'row 5: there are 6 rows instead of 5'],
    ['other rows', exampleBatch(1, 5), "row 0, column 'id': 1 (0x01000000) instead of 0"],
    ['other columns', exampleBatch(0, 5).select(['id']), "column 'name' is missing"],
  ])('should notice %s', (_, actual, message) => {
    const check = () => checkSameRows(exampleBatch(0, 5), actual);

    expect(check).toThrow(GuaranteeError);
    expect(check).toThrow(message);
  });
});
