import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBulk } from '../../../src/encode/modes/bulk.js';
import { createRandom } from '../../../src/random.js';
import { caseCount } from '../../support/cases.js';

const boundsOf = (sorted: Float64Array) => ({
  minimum: sorted[0] as number,
  maximum: sorted.at(-1) as number,
});
const normals = (seed: number, count: number) =>
  Float64Array.from(createRandom(seed).fillNormal(new Float32Array(count))).sort();

describe('findBulk', () => {
  it('should leave out extremes of any size on either side', () => {
    const extremes = fc.array(fc.double({ min: 1e5, max: 1e308, noNaN: true }), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(extremes, fc.boolean(), (far, below) => {
        const bulk = normals(1, 100);
        const all = Float64Array.of(
          ...bulk,
          ...far.map((value) => (below ? -value : value)),
        ).sort();

        expect(findBulk(all, boundsOf(all))).toEqual(boundsOf(bulk));
      }),
      { numRuns: caseCount(25, 100) },
    );
  });

  it('should find none in heavy tails, in few values and in one value', () => {
    const tails = normals(2, 1000).map((value) => Math.sign(value) * Math.exp(value ** 2));
    const samples = [tails.sort(), Float64Array.of(1, 2, 1e300), new Float64Array(50).fill(7)];

    expect(samples.map((sample) => findBulk(sample, boundsOf(sample)))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('should leave out the end of the range where that is an extreme', () => {
    const sample = normals(3, 100);
    const bounds = boundsOf(sample);

    expect(findBulk(sample, { ...bounds, maximum: 1e300 })).toEqual(bounds);
    expect(findBulk(sample, { ...bounds, maximum: 10 })).toBeUndefined();
  });
});
