import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceOf } from '../../../src/augment/privacy/distance.js';
import { indexNearest } from '../../../src/augment/privacy/nearest.js';
import type { Points, RowSpace } from '../../../src/augment/privacy/row-space.js';
import { caseCount } from '../../support/cases.js';

const cell = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(Number.NaN));
const number = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, 0.25, 0.5, Number.NaN),
);

/** A space, some points of it, and others to look for. */
const scenes = fc
  .record({ categories: fc.nat(3), numbers: fc.nat(3), count: fc.integer({ min: 1, max: 90 }) })
  .filter(({ categories, numbers }) => categories + numbers > 0)
  .chain(({ categories, numbers, count }) => {
    const width = categories + numbers;
    const row = fc.tuple(
      ...Array.from({ length: width }, (_, k) => (k < categories ? cell : number)),
    );
    const points = (length: number) =>
      fc
        .array(row, { minLength: length, maxLength: length })
        .map((rows): Points => ({ cells: Float64Array.from(rows.flat() as number[]), length }));
    return fc.record({
      space: fc.constant({ width, categories } as RowSpace),
      points: points(count),
      queries: points(4),
    });
  });

describe('indexNearest', () => {
  it('should find the distance that looking at every point finds', () => {
    fc.assert(
      fc.property(
        scenes,
        fc.double({ min: 0, max: 2, noNaN: true }),
        ({ space, points, queries }, most) => {
          const index = indexNearest(space, points);

          for (let row = 0; row < queries.length; row++) {
            const all = Array.from({ length: points.length }, (_, k) =>
              distanceOf(space, queries, row, points, k),
            );
            const nearest = Math.min(...all);
            expect(index.distance(queries, row)).toBeCloseTo(nearest, 8);
            expect(index.distance(queries, row, most)).toBeCloseTo(Math.min(nearest, most), 8);
          }
        },
      ),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should find each of its own points at no distance', () => {
    fc.assert(
      fc.property(scenes, ({ space, points }) => {
        const index = indexNearest(space, points);

        for (let row = 0; row < points.length; row++) expect(index.distance(points, row)).toBe(0);
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });
});

describe('distanceOf', () => {
  it('should be a metric', () => {
    fc.assert(
      fc.property(scenes, ({ space, queries }) => {
        const of = (a: number, b: number) => distanceOf(space, queries, a, queries, b);

        expect(of(0, 0)).toBe(0);
        expect(of(0, 1)).toBe(of(1, 0));
        expect(of(0, 2)).toBeLessThanOrEqual(of(0, 1) + of(1, 2) + 1e-9);
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });
});
