import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rows } from '../../../src/columns/column.js';
import { marginalAccuracy } from '../../../src/evaluate/fidelity/accuracy.js';
import { createRandom } from '../../../src/random.js';
import { caseCount } from '../../support/cases.js';

/** Rows of two columns of codes, and one of numbers. */
function rowsOf(first: readonly number[], second: readonly number[]): Rows {
  const levels = ['a', 'b'];
  return {
    length: first.length,
    columns: [
      { kind: 'categorical', name: 'first', codes: Int32Array.from(first), levels },
      { kind: 'categorical', name: 'second', codes: Int32Array.from(second), levels },
      { kind: 'numeric', name: 'number', values: Float64Array.from(first), temporal: false },
    ],
  };
}

const random = () => createRandom(1);

describe('marginalAccuracy', () => {
  it('should see in pairs and triples what single columns do not show', () => {
    const real = rowsOf([0, 0, 1, 1], [0, 0, 1, 1]);
    const crossed = rowsOf([0, 0, 1, 1], [0, 1, 0, 1]);

    const { synthetic, holdout } = marginalAccuracy(real, crossed, real, random());

    expect(synthetic).toEqual({
      univariate: 1,
      // Of three pairs, two are of 'second', and half of their rows are elsewhere.
      bivariate: (0.5 + 0.5 + 1) / 3,
      trivariate: 0.5,
    });
    expect(holdout).toEqual({ univariate: 1, bivariate: 1, trivariate: 1 });
  });

  it('should give 1 for the same rows, 0 for none in common, and fall with every further column', () => {
    const codes = fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(codes, codes, codes, codes, (a, b, c, d) => {
        const [real, made] = [rowsOf(a, b), rowsOf(c, d)];

        const same = marginalAccuracy(real, real, undefined, random());
        const { synthetic } = marginalAccuracy(real, made, undefined, random());

        expect(same).toEqual({
          synthetic: { univariate: 1, bivariate: 1, trivariate: 1 },
          holdout: null,
        });
        expect(synthetic.bivariate).toBeLessThanOrEqual((synthetic.univariate as number) + 1e-9);
        expect(synthetic.trivariate).toBeLessThanOrEqual((synthetic.bivariate as number) + 1e-9);
      }),
      { numRuns: caseCount(50, 500) },
    );
  });

  it('should have nothing to say of pairs where there is one column', () => {
    const { columns } = rowsOf([0, 1], [0, 1]);
    const one = { length: 2, columns: columns.slice(0, 1) };

    const { synthetic } = marginalAccuracy(one, one, undefined, random());

    expect(synthetic).toEqual({ univariate: 1, bivariate: null, trivariate: null });
  });
});
