import { describe, expect, it } from 'vitest';
import { discloseAttributes } from '../../../../src/evaluate/privacy/attacks/attribute.js';
import { createRandom } from '../../../../src/random.js';
import { expected, expectedTables } from '../../expected/tables.js';

describe('discloseAttributes', () => {
  it('should guess the cells that the same attack by numpy guesses', async () => {
    const { real, synthetic, holdout } = await expectedTables();
    const wanted: { column: string; members: number; others: number }[] =
      expected('attacks').attributes.columns;

    const { columns, excess } = await discloseAttributes(real, holdout, synthetic, createRandom(1));

    expect(columns).toHaveLength(10);
    for (const [k, { column, members, others }] of columns.entries()) {
      expect(column).toBe(wanted[k]?.column);
      expect(members).toBeCloseTo(wanted[k]?.members ?? Number.NaN, 12);
      expect(others).toBeCloseTo(wanted[k]?.others ?? Number.NaN, 12);
    }
    expect(excess.value).toBeCloseTo(expected('attacks').attributes.excess, 12);
    expect(excess.low).toBeLessThan(excess.value as number);
    expect(excess.high).toBeGreaterThan(excess.value as number);
  });

  it('should guess each cell of rows that are copied, and as many of others as before', async () => {
    const { real, synthetic, holdout } = await expectedTables();
    const [copies, strangers] = [real, synthetic];

    const copied = await discloseAttributes(real, holdout, copies, createRandom(1));
    const plain = await discloseAttributes(real, holdout, strangers, createRandom(1));

    // A row is nearest to itself but where it has a twin in all columns but one.
    for (const { members } of copied.columns) expect(members).toBeGreaterThan(0.95);
    expect(copied.excess.low).toBeGreaterThan(0.3);
    expect(plain.excess.value).toBeLessThan(0.1);
  });

  it('should say how often the most frequent value is right', async () => {
    const { real, holdout } = await expectedTables();

    const { columns } = await discloseAttributes(real, holdout, real, createRandom(1));

    const { baseline } = columns.find(({ column }) => column === 'city') ?? {};
    const city = real.columns.find(({ name }) => name === 'city');
    if (city?.kind !== 'categorical') throw new Error('no cities');
    const counts = new Map<number, number>();
    for (const code of city.codes) counts.set(code, (counts.get(code) ?? 0) + 1);
    expect(baseline).toBeCloseTo(Math.max(...counts.values()) / real.length, 12);
  });
});
