import { describe, expect, it } from 'vitest';
import { columnNamed, type NumericColumn, type Rows } from '../../../src/columns/column.js';
import { mapRows } from '../../../src/evaluate/illustrations/row-map.js';
import { createRandom } from '../../../src/random.js';

/** Rows of two numbers that go together, one that does not, and a category. */
function table(rows: number, seed: string): Rows {
  const random = createRandom(seed);
  const first = Float64Array.from({ length: rows }, () => 10 * random.normal());
  const numeric = (name: string, values: Float64Array) =>
    ({ kind: 'numeric', name, values, temporal: false }) as const;
  return {
    length: rows,
    columns: [
      numeric('a', first),
      numeric(
        'b',
        first.map((value) => 5 - 3 * value + 0.1 * random.normal()),
      ),
      numeric(
        'c',
        Float64Array.from({ length: rows }, () => random.normal()),
      ),
      {
        kind: 'categorical',
        name: 'd',
        codes: Int32Array.from({ length: rows }, () => random.integer(2)),
        levels: ['yes', 'no'],
      },
    ],
  };
}

describe('mapRows', () => {
  it('should lay rows along what varies most in the real ones', () => {
    const real = table(300, 'real');

    const map = mapRows(real, table(50, 'synthetic'), createRandom(1));

    expect(map?.real).toHaveLength(300);
    expect(map?.synthetic).toHaveLength(50);
    // Two of three numbers of variance 1 are one direction; the category has a half more.
    expect(map?.explained[0]).toBeGreaterThan(0.5);
    expect(map?.explained[0]).toBeLessThan(0.62);
    const a = columnNamed(real, 'a') as NumericColumn;
    const sign = Math.sign((map?.real[0]?.[0] ?? 0) * (a.values[0] as number));
    const order = (values: readonly number[]) =>
      [...values.keys()].sort((i, j) => (values[i] as number) - (values[j] as number));
    const along = map?.real.map(([x]) => sign * x) ?? [];
    // Rounding to three decimals may swap neighbours.
    const [one, other] = [order(along), order([...a.values])];
    expect([one[0], one.at(-1)]).toEqual([other[0], other.at(-1)]);
  });

  it('should draw the same map again, and none of nothing', () => {
    const [real, synthetic] = [table(900, 'real'), table(900, 'synthetic')];

    const maps = [1, 2].map(() => mapRows(real, synthetic, createRandom(3)));

    expect(maps[0]).toEqual(maps[1]);
    expect(maps[0]?.real).toHaveLength(400);
    expect(mapRows({ length: 9, columns: [] }, synthetic, createRandom(3))).toBeNull();
  });
});
