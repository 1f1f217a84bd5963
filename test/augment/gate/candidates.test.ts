import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lessOfIt, ofAllMakers } from '../../../src/augment/gate/candidates.js';

describe('lessOfIt', () => {
  it('should ask conditions for the ratio that they are scaled to', () => {
    const conditions = { balance: 'label', ratio: 0.4 };

    const all = lessOfIt({ ratio: 0.4, conditions });

    expect(all.map(({ ratio, conditions: own }) => [ratio, own?.ratio])).toEqual([
      [0.4, 0.4],
      [0.2, 0.2],
      [0.1, 0.1],
    ]);
  });
});

describe('ofAllMakers', () => {
  it('should balance classes wholly and partly, never beyond the ratio', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 90 }), (classes, percent) => {
        const ratio = percent / 100;

        const all = ofAllMakers({ ratio, conditions: undefined }, 'label', classes);

        expect(all.length).toBeGreaterThan(0);
        expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
        for (const each of all) {
          expect(each.ratio).toBeLessThanOrEqual(ratio);
          expect(each.conditions).toEqual({ balance: 'label', ratio: each.ratio });
        }
      }),
    );
  });

  it('should make up what a rare class lacks', () => {
    const [first] = ofAllMakers({ ratio: 0.5, conditions: undefined }, 'label', [90, 10]);

    // 80 of 180 rows.
    expect(first?.ratio).toBe(0.444);
  });

  it('should leave alone what the user asks for', () => {
    const conditions = { where: { label: 'rare' }, ratio: 0.3 };

    const all = ofAllMakers({ ratio: 0.3, conditions }, 'label', [90, 10]);

    expect(all.map(({ conditions: own }) => own?.where)).toEqual(
      all.map(() => ({ label: 'rare' })),
    );
    expect(all.every(({ balance }) => balance === undefined)).toBe(true);
  });

  it('should try networks on many rows alone', () => {
    const recipes = (rows: number) =>
      ofAllMakers({ ratio: 0.5, conditions: undefined }, 'label', [rows, rows]).map(
        ({ recipe }) => recipe,
      );

    const networks = ['autoregressive', 'tabular'];
    const trained = (rows: number) => [
      ...new Set(recipes(rows).filter((recipe) => networks.includes(String(recipe)))),
    ];
    expect(trained(900)).toEqual([]);
    expect(trained(1100)).toEqual(networks);
  });
});
