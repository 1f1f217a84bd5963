import { describe, expect, it } from 'vitest';
import type { Rows } from '../../../../src/columns/column.js';
import { takeRows } from '../../../../src/columns/select.js';
import {
  attackMembership,
  membershipAttacks,
  strongestAttack,
} from '../../../../src/evaluate/privacy/attacks/membership.js';
import { createRandom } from '../../../../src/random.js';
import { expected, expectedTables } from '../../expected/tables.js';

const range = (rows: Rows, from: number, count: number) =>
  takeRows(
    rows,
    Int32Array.from({ length: count }, (_, k) => from + k),
  );

describe('attackMembership', () => {
  it('should find what the same attacks by numpy and scikit-learn find', async () => {
    const { real, synthetic, holdout } = await expectedTables();
    const wanted = expected('attacks').membership;

    const found = await attackMembership(real, holdout, synthetic, createRandom(1));

    for (const attack of membershipAttacks) {
      expect(found[attack].auc.value).toBeCloseTo(wanted[attack].auc, 12);
      expect(found[attack].truePositives.value).toBeCloseTo(wanted[attack].truePositives, 12);
    }
  });

  it('should know the rows of which synthetic ones are copies', async () => {
    const { real, holdout } = await expectedTables();

    const found = await attackMembership(real, holdout, real, createRandom(1));

    for (const attack of membershipAttacks) {
      const { auc, truePositives } = found[attack];
      expect(auc.value).toBeGreaterThan(0.99);
      expect(auc.low).toBeLessThanOrEqual(auc.value as number);
      expect(truePositives.value).toBeGreaterThan(0.9);
    }
  });

  it('should guess where synthetic rows were made from others', async () => {
    const { real } = await expectedTables();

    const found = await attackMembership(
      range(real, 0, 130),
      range(real, 130, 130),
      range(real, 260, 140),
      createRandom(1),
    );

    for (const attack of membershipAttacks) {
      const { low, high } = found[attack].auc;
      expect(low).toBeLessThan(0.5);
      expect(high).toBeGreaterThan(0.5);
    }
  });

  it('should say the same for the same seed', async () => {
    const { real, synthetic, holdout } = await expectedTables();
    const attack = () => attackMembership(real, holdout, synthetic, createRandom('same'));

    const [first, second] = [await attack(), await attack()];

    expect(second).toEqual(first);
  });

  it('should stop where it is told to', async () => {
    const { real, synthetic, holdout } = await expectedTables();
    const reason = new Error('enough');

    const attacking = attackMembership(
      real,
      holdout,
      synthetic,
      createRandom(1),
      AbortSignal.abort(reason),
    );

    await expect(attacking).rejects.toBe(reason);
  });
});

describe('strongestAttack', () => {
  it('should be the one of the highest AUC', async () => {
    const { real, synthetic, holdout } = await expectedTables();
    const membership = await attackMembership(real, holdout, synthetic, createRandom(1));

    const { name, auc } = strongestAttack(membership);

    const all = membershipAttacks.map((attack) => membership[attack].auc.value ?? 0);
    expect(auc.value).toBe(Math.max(...all));
    expect(auc).toEqual(membership[name].auc);
  });
});
