import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastRowsOfClass, surveyClasses } from '../../../src/augment/fitting/rare-classes.js';
import { createRandom } from '../../../src/random.js';
import { caseCount } from '../../support/cases.js';

const cutInto = <Item>(items: readonly Item[], length: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / length) }, (_, part) =>
    items.slice(part * length, (part + 1) * length),
  );

describe('surveyClasses', () => {
  it('should name rows of rare classes, the same however they are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'a', 'a', 'a', 'b', null), {
          minLength: 100,
          maxLength: 600,
        }),
        fc.integer({ min: 1, max: 50 }),
        fc.nat(9),
        (classes, length, seed) => {
          const [whole, cut] = [classes.length, length].map((each) => {
            const survey = surveyClasses(80, createRandom(seed));
            for (const part of cutInto(classes, each)) survey.add(part);
            return survey.rowsOfRareClasses(80);
          });

          expect(cut).toEqual(whole);
          expect(new Set(whole).size).toBe(whole?.length);
          expect(whole?.every((row) => classes[row] !== null)).toBe(true);
        },
      ),
      { numRuns: caseCount(50, 500) },
    );
  });

  it('should name all rows of a class of which there are too few', () => {
    const survey = surveyClasses(1000, createRandom(1));
    const places = [7, 40_000, 99_999];
    survey.add(
      Array.from({ length: 100_000 }, (_, row) => (places.includes(row) ? 'rare' : 'usual')),
    );

    expect(survey.rowsOfRareClasses(1000).sort((a, b) => a - b)).toEqual(places);
    expect(survey.rows).toBe(100_000);
  });

  it('should name as many rows as an even sample is expected to lack', () => {
    const survey = surveyClasses(1000, createRandom(1));
    survey.add(Array.from({ length: 100_000 }, (_, row) => (row % 100 === 0 ? 'rare' : 'usual')));

    expect(leastRowsOfClass(1000)).toBe(20);
    expect(survey.rowsOfRareClasses(1000)).toHaveLength(20 - (1000 * 1000) / 100_000);
  });

  it('should leave half of the sample to be drawn evenly, and columns that are no classes', () => {
    const many = surveyClasses(100, createRandom(1));
    many.add(Array.from({ length: 10_000 }, (_, row) => `class ${row % 40}`));
    const numbers = surveyClasses(100, createRandom(1));
    numbers.add(Array.from({ length: 10_000 }, (_, row) => String(row)));

    expect(many.rowsOfRareClasses(100).length).toBeLessThanOrEqual(50);
    expect(numbers.rowsOfRareClasses(100)).toEqual([]);
  });
});
