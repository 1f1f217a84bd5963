import type { Feed } from '../../compute/program.js';
import type { ColumnEncoder } from '../../encode/encoder.js';
import { collapseRows, decodeTable, layoutOf } from '../../encode/table.js';
import type { Random } from '../../random.js';
import { makeWishedBatch } from '../conditions/make-batch.js';
import { resolveConditions } from '../conditions/wish.js';
import type { GeneratorFace } from '../family.js';
import { cumulate, pick } from './condition.js';
import { samplingInputs, samplingOutputs } from './inputs.js';
import type { TabularRecipe } from './recipe.js';
import { type RowShape, rowShape } from './shape.js';

/**
 * How the generator of a table is fed, and how its rows are read.
 *
 * Conditions are drawn by the categories' true frequencies, a column evenly.
 */
export function tabularGenerator(
  recipe: TabularRecipe,
  encoders: readonly ColumnEncoder[],
): GeneratorFace {
  const layout = layoutOf(encoders);
  const shape = rowShape(layout);
  const fillConditions = createConditionFiller(shape);
  return {
    inputs: (rows) => samplingInputs(recipe, shape, rows),
    outputs: (rows) => samplingOutputs(shape, rows),
    fillData(feed: Feed, random: Random) {
      if (feed.condition) fillConditions(feed.condition as Float32Array, random);
    },
    decode({ outputs }, schema, rows, random) {
      const matrix = outputs.rows?.values as Float32Array;
      return decodeTable(encoders, schema, collapseRows(layout, matrix, rows), rows, random);
    },
    meet(conditions, schema) {
      const wish = resolveConditions(conditions, conditions.ratio, schema, encoders);
      return (make, rows, random) =>
        makeWishedBatch({ schema, encoders, rows, make }, wish, random);
    },
  };
}

/** Fills conditions [rows, condition], row-major, one-hot. */
export type FillConditions = (condition: Float32Array, random: Random) => void;

/** Fills one-hot conditions [rows, condition]: a column evenly, a category by its frequency. */
export function createConditionFiller({ counts, condition: width }: RowShape): FillConditions {
  let next = 0;
  const columns = counts.map((levels) => {
    const offset = next;
    next += levels.length;
    return { offset, cumulative: cumulate(levels) };
  });
  return (condition, random) => {
    condition.fill(0);
    for (let start = 0; start < condition.length; start += width) {
      const { offset, cumulative } = columns[random.integer(columns.length)] as (typeof columns)[0];
      condition[start + offset + pick(cumulative, random.uniform())] = 1;
    }
  };
}
