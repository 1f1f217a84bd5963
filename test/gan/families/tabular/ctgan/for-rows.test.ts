import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forRows } from '../../../../../src/gan/families/tabular/ctgan/for-rows.js';
import { tabular } from '../../../../../src/gan/families/tabular/ctgan/recipe.js';

describe('forRows', () => {
  it('should take no more rows a step than there are, but for very few, in whole packs', () => {
    const packs = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(packs, fc.integer({ min: 1, max: 60 }), fc.nat(2000), (pack, times, rows) => {
        const recipe = { ...tabular, pack, batch: pack * times };

        const { batch } = forRows(recipe, rows);

        expect(batch % pack).toBe(0);
        expect(batch).toBeLessThanOrEqual(recipe.batch);
        expect(batch).toBeLessThanOrEqual(Math.max(rows, 50 + pack));
      }),
    );
  });

  it('should leave a recipe alone that takes fewer rows than there are', () => {
    expect(forRows(tabular, 500)).toBe(tabular);
  });
});
