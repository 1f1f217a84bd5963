import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cumulate, pick } from '../../../../../src/gan/conditions/cumulative-shares.js';
import {
  drawConditions,
  indexRows,
  permute,
} from '../../../../../src/gan/families/tabular/ctgan/row-index.js';
import { createRandom } from '../../../../../src/random.js';
import { smallTable } from '../small-table.js';

const table = smallTable();
const [, , first, second] = table.values as [unknown, unknown, Int32Array, Int32Array];

describe('pick', () => {
  it('should pick each place by its weight, and never one without weight', () => {
    const cumulative = cumulate([0, 1, 0, 3, 0]);
    const picked = Array.from({ length: 1000 }, (_, k) => pick(cumulative, (k + 0.5) / 1000));

    expect(picked.filter((k) => k === 1)).toHaveLength(250);
    expect(picked.filter((k) => k === 3)).toHaveLength(750);
  });
});

describe('drawConditions', () => {
  it('should draw rows that meet their conditions, on every column', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const condition = new Float32Array(40 * 6);
        const rows = new Int32Array(40);

        drawConditions(indexRows(table), createRandom(seed), condition, rows);

        rows.forEach((row, k) => {
          const wanted = condition.subarray(k * 6, k * 6 + 6);
          const at = wanted.indexOf(1);
          expect(wanted.reduce((sum, flag) => sum + flag, 0)).toBe(1);
          expect(at < 4 ? first[row] : (second[row] as number) + 4).toBe(at);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('should choose columns evenly and categories by log(count + 1)', () => {
    const draws = 20_000;
    const condition = new Float32Array(draws * 6);
    const counts = [0, 1, 2].map((code) => first.filter((value) => value === code).length);
    const weights = counts.map((count) => Math.log(count + 1));
    const total = weights.reduce((a, b) => a + b, 0);

    drawConditions(indexRows(table), createRandom(1), condition, new Int32Array(draws));

    const shares = new Array<number>(6).fill(0);
    condition.forEach((flag, k) => {
      shares[k % 6] = (shares[k % 6] as number) + flag / draws;
    });
    weights.forEach((weight, code) => {
      expect(shares[code]).toBeCloseTo((0.5 * weight) / total, 1);
    });
    expect(shares[3]).toBe(0);
    expect((shares[4] as number) + (shares[5] as number)).toBeCloseTo(0.5, 1);
  });

  it('should draw any row where there is nothing to condition on', () => {
    const rows = new Int32Array(500);

    drawConditions({ rows: 3, columns: [] }, createRandom(1), new Float32Array(0), rows);

    expect(new Set(rows)).toEqual(new Set([0, 1, 2]));
  });
});

describe('permute', () => {
  it('should keep each row with its condition, and lose none', () => {
    const from = { condition: Float32Array.from([0, 0, 1, 1, 2, 2]), rows: Int32Array.of(0, 1, 2) };
    const to = { condition: new Float32Array(6), rows: new Int32Array(3) };

    permute(createRandom(4), from, to);

    expect([...to.rows].sort()).toEqual([0, 1, 2]);
    to.rows.forEach((row, k) => {
      expect([...to.condition.subarray(2 * k, 2 * k + 2)]).toEqual([row, row]);
    });
  });
});
