import type { EncodedTable } from '../../../../src/encode/table-layout.js';
import { layoutOf } from '../../../../src/encode/table-layout.js';
import { ctgan, type TabularRecipe } from '../../../../src/gan/families/tabular/ctgan/recipe.js';
import { createRandom } from '../../../../src/random.js';

/** A recipe small enough for the eager engine. */
export const smallRecipe: TabularRecipe = {
  ...ctgan,
  latent: 8,
  generator: [16, 16],
  critic: [16, 16],
  pack: 5,
  batch: 40,
};

/** An encoded table of a number with three modes and two categories. */
export function smallTable(rows = 100): EncodedTable {
  const random = createRandom(31);
  const spans = [
    { kind: 'scalar' },
    { kind: 'onehot', width: 3, role: 'mode' },
    { kind: 'onehot', width: 4, role: 'category', counts: [1, 1, 1, 0] },
    { kind: 'onehot', width: 2, role: 'category', counts: [1, 1] },
  ] as const;
  const layout = layoutOf([{ spans }]);
  const codes = (width: number) => Int32Array.from({ length: rows }, () => random.integer(width));
  const values = [
    Float32Array.from({ length: rows }, () => random.uniform() * 2 - 1),
    codes(3),
    codes(3), // The fourth category never occurs.
    codes(2),
  ];
  return { rows, layout, values };
}
