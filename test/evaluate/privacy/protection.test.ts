import { describe, expect, it } from 'vitest';
import { joinRows, takeRows } from '../../../src/columns/select.js';
import { closestDistances } from '../../../src/evaluate/privacy/closest-distances.js';
import { measureProtection, shareCloser } from '../../../src/evaluate/privacy/protection.js';
import { createRandom } from '../../../src/random.js';
import { expected, expectedTables } from '../expected/tables.js';

describe('closestDistances', () => {
  it("should be SDMetrics' distances to the closest record", async () => {
    const { real, synthetic } = await expectedTables();
    const wanted: number[] = expected('privacy').distances;

    const found = closestDistances(synthetic, real);

    expect(found.length).toBe(wanted.length);
    const worst = Math.max(...wanted.map((value, row) => Math.abs(value - (found[row] as number))));
    expect(worst).toBeLessThan(1e-12);
  });

  it('should say which rows are closer to the real rows than to held-out ones', async () => {
    const { real, synthetic, holdout } = await expectedTables();
    const wanted = expected('privacy').overfitting.synthetic_data_percentages.closer_to_training;

    const share = shareCloser(
      closestDistances(synthetic, real),
      closestDistances(synthetic, holdout),
    );

    expect(share).toBeCloseTo(wanted, 12);
  });
});

describe('measureProtection', () => {
  it('should tell copies from strangers', async () => {
    const { real, holdout } = await expectedTables();
    const half = (from: number) => Int32Array.from({ length: 200 }, (_, row) => from + row);
    const [seen, others] = [takeRows(real, half(0)), takeRows(real, half(200))];

    const copied = measureProtection(seen, seen, holdout, createRandom(1));
    const strange = measureProtection(seen, others, holdout, createRandom(1));

    expect(copied.synthetic).toEqual({
      ...{ median: 0, fifthPercentile: 0 },
      quantiles: Array.from({ length: 21 }, () => 0),
    });
    expect(copied.neighbourRatio).toBe(0);
    expect(copied.baseline).toBe(0);
    expect(copied.holdout?.closerToReal).toBe(1);
    expect(strange.baseline).toBeGreaterThan(0.2);
    expect(Math.abs((strange.holdout?.closerToReal ?? 0) - 0.5)).toBeLessThan(0.1);
  });

  it('should compare with as many held-out rows as real ones', async () => {
    const { real } = await expectedTables();
    const rows = (from: number, count: number) =>
      takeRows(
        real,
        Int32Array.from({ length: count }, (_, row) => from + row),
      );

    const few = measureProtection(rows(0, 40), rows(40, 160), rows(200, 200), createRandom(1));

    expect(few.rows.reference).toBe(40);
    expect(Math.abs((few.holdout?.closerToReal ?? 0) - 0.5)).toBeLessThan(0.15);
  });

  it('should draw no more rows than it may', async () => {
    const { real, synthetic } = await expectedTables();
    const many = joinRows(real, real);
    const limits = { synthetic: 50, reference: 60 };

    const { rows } = measureProtection(many, synthetic, undefined, createRandom(1), limits);

    expect(rows).toEqual(limits);
  });
});
