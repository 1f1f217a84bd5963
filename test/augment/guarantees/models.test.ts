import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferEncoders } from '../../../src/encode/infer.js';
import { summarizeColumns } from '../../../src/encode/summary/column-summary.js';
import { secrets, secretsIn } from '../../gan/secrets.js';
import { caseCount } from '../../support/cases.js';

// Whole fits, weights and calibration with them, are in test/gan/fit/fit.test.ts: they take too long for
// so many cases. What a model takes from rows without training is here.

describe('what a model says of its training rows', () => {
  it('should hold no value of a row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 10, max: 60 }), async (seed, rows) => {
        const batch = secrets(rows, seed);

        const encoders = await inferEncoders(batch.schema, [batch]);
        const said = JSON.stringify([
          encoders.map((encoder) => encoder.toJSON()),
          summarizeColumns(batch.schema, [batch], encoders),
        ]);

        expect(secretsIn(batch).filter((value) => said.includes(String(value)))).toEqual([]);
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });
});
