import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concatenateBatches,
  gatherRuns,
  sliceBatch,
} from '../../../src/data/batches/interleave.js';
import { fingerprintRows, hashRows } from '../../../src/data/content/fingerprint.js';
import { withMetadata } from '../../../src/data/schema/schema.js';
import { caseCount } from '../../support/cases.js';
import { allTypes, arbitraryBatches } from '../support/arbitrary-batches.js';
import { exactRows } from '../support/exact.js';

const schemaOf = (batches: readonly RecordBatch[]) => (batches[0] as RecordBatch).schema;

describe('fingerprintRows', () => {
  it('should not depend on how rows of any type are cut, nor on metadata', () => {
    fc.assert(
      fc.property(arbitraryBatches(allTypes), fc.nat(20), (batches, at) => {
        const schema = schemaOf(batches);
        const whole = concatenateBatches(schema, batches);
        const named = withMetadata(schema, { note: 'other' });
        const cut = [sliceBatch(whole, 0, at), sliceBatch(whole, at)];

        const expected = fingerprintRows(schema, batches);

        expect(expected).toMatch(/^[0-9a-f]{64}$/);
        expect(fingerprintRows(named, [whole])).toBe(expected);
        expect(fingerprintRows(schema, cut)).toBe(expected);
      }),
      { numRuns: caseCount(125, 500) },
    );
  });

  it('should differ where the rows, or their order, differ', () => {
    fc.assert(
      fc.property(arbitraryBatches(allTypes), fc.nat(20), fc.nat(20), (batches, a, b) => {
        const schema = schemaOf(batches);
        const whole = concatenateBatches(schema, batches);
        const rows = whole.numRows;
        if (rows === 0) return;
        const order = Array.from({ length: rows }, (_, k) => k);
        [order[a % rows], order[b % rows]] = [b % rows, a % rows];
        const runs = order.map((start) => ({ source: 0, start, length: 1 }));
        const swapped = gatherRuns(schema, [whole], runs);
        const isSame = JSON.stringify(exactRows([swapped])) === JSON.stringify(exactRows([whole]));

        const prints = [whole, swapped].map((batch) => fingerprintRows(schema, [batch]));

        expect(prints[0] === prints[1]).toBe(isSame);
      }),
      { numRuns: caseCount(125, 500) },
    );
  });
});

describe('hashRows', () => {
  it('should be equal for the rows that are equal, and for no others', () => {
    fc.assert(
      fc.property(arbitraryBatches(allTypes, { minColumns: 1, maxColumns: 2 }), (batches) => {
        const columns = schemaOf(batches).fields.map((_, column) => column);

        const hashes = batches.flatMap((batch) => hashRows(batch, columns));

        const texts = exactRows(batches).map((row) => JSON.stringify(row));
        const byHash = new Map(hashes.map((hash, k) => [hash, texts[k]]));
        expect(hashes.every((hash, k) => byHash.get(hash) === texts[k])).toBe(true);
        expect(byHash.size).toBe(new Set(texts).size);
      }),
      { numRuns: caseCount(125, 500) },
    );
  });
});
