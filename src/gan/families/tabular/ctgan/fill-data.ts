import type { Feed } from '../../../../compute/program.js';
import { type EncodedTable, expandRows } from '../../../../encode/table.js';
import type { Random } from '../../../../random.js';
import type { TabularRecipe } from './recipe.js';
import { drawConditions, indexRows, permute } from './row-index.js';

/** Fills the real rows of a step and the conditions, which they meet in another order. */
export function createDataFiller(table: EncodedTable, recipe: TabularRecipe) {
  const index = indexRows(table, recipe.conditionPower);
  const none = new Float32Array(0);
  const [fakeRows, realRows, unused] = [0, 0, 0].map(() => new Int32Array(recipe.batch)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  return (feed: Feed, random: Random) => {
    const input = (name: string) => (feed[name] ?? none) as Float32Array;
    const fake = { condition: input('condition'), rows: fakeRows };
    const real = { condition: input('realCondition'), rows: realRows };
    drawConditions(index, random.fork('critic'), fake.condition, fake.rows);
    permute(random.fork('order'), fake, real);
    expandRows(table, real.rows, input('real'));
    drawConditions(index, random.fork('generator'), input('generatorCondition'), unused);
  };
}
