import { describe, expect, it } from 'vitest';
import { forTable } from '../../../../../src/gan/families/tabular/autoregressive/for-table.js';
import { autoregressive } from '../../../../../src/gan/families/tabular/autoregressive/recipe.js';

const recipe = { ...autoregressive, embedding: 16, hidden: 64, batch: 256 };

describe('forTable', () => {
  it('should leave the recipe as it is for a usual table', () => {
    expect(forTable(recipe, 15, 20_000)).toEqual(recipe);
  });

  it('should give each of very many columns fewer units, and never none', () => {
    expect(forTable(recipe, 256, 20_000)).toMatchObject({ embedding: 4, hidden: 16 });
    expect(forTable(recipe, 10_000, 20_000)).toMatchObject({ embedding: 2, hidden: 8 });
  });

  it('should have weights decay the more, the fewer rows there are', () => {
    const decayOf = (rows: number) => forTable(recipe, 15, rows).optimizer.decay as number;

    expect(decayOf(10_000)).toBeCloseTo(2 * decayOf(20_000));
    expect(decayOf(100)).toBeCloseTo(6 * decayOf(20_000));
    expect(decayOf(200_000)).toBeCloseTo(decayOf(20_000) / 10);
  });

  it('should give the target fewer units and less weight where there are few rows', () => {
    const targetOf = (rows: number) => {
      const { targetHidden, targetWeight } = forTable(recipe, 15, rows);
      return [targetHidden, targetWeight];
    };

    expect(targetOf(10_000)).toEqual([156, 2.5]);
    expect(targetOf(100)).toEqual([64, 1.015]);
    expect(targetOf(1_000_000)).toEqual([256, 4]);
    expect(forTable({ ...recipe, targetHidden: 0 }, 15, 100).targetHidden).toBe(0);
  });

  it('should take steps of fewer rows where there are few', () => {
    expect(forTable(recipe, 15, 1600).batch).toBe(100);
    expect(forTable(recipe, 15, 30).batch).toBe(32);
    expect(forTable({ ...recipe, batch: 8 }, 15, 30).batch).toBe(8);
  });
});
