import { describe, expect, it } from 'vitest';
import type { Rows } from '../../../../src/columns/column.js';
import { singleOut } from '../../../../src/evaluate/privacy/attacks/singling-out.js';
import { createRandom } from '../../../../src/random.js';
import { expectedTables } from '../../expected/tables.js';

/** Rows of names that no other row has. */
function named(from: number, rows: number): Rows {
  const levels = Array.from({ length: 1000 }, (_, k) => `name ${k}`);
  const codes = Int32Array.from({ length: rows }, (_, k) => from + k);
  return { length: rows, columns: [{ kind: 'categorical', name: 'name', codes, levels }] };
}

describe('singleOut', () => {
  it('should single out the rows whose own values are made again, and no others', () => {
    const [members, others] = [named(0, 100), named(500, 100)];

    const found = singleOut(members, others, members, createRandom(1));

    expect(found.members.value).toBe(1);
    expect(found.others.value).toBe(0);
    expect(found.excess).toEqual({ value: 1, low: 1, high: 1 });
  });

  it('should find no excess where nothing was learned of any row', async () => {
    const { real, synthetic, holdout } = await expectedTables();

    const { excess, members, others } = singleOut(real, holdout, synthetic, createRandom(1));

    expect(excess.low).toBeLessThan(0);
    expect(excess.high).toBeGreaterThan(0);
    expect(excess.value).toBeCloseTo((members.value ?? 0) - (others.value ?? 0), 12);
  });

  it('should ask of as many rows of both', () => {
    const [members, others] = [named(0, 400), named(0, 10)];

    const found = singleOut(members, others, named(100, 200), createRandom(1));

    expect(found.members.value).toBe(0);
    expect(found.others.value).toBe(0);
  });
});
