import type { Feed } from '../../../../compute/program.js';
import type { ColumnEncoder } from '../../../../encode/encoder.js';
import { collapseRows, decodeTable, layoutOf } from '../../../../encode/table.js';
import type { Random } from '../../../../random.js';
import { resolveConditions } from '../../../conditions/resolve.js';
import type { GeneratorSpec } from '../../family.js';
import { makeMatchingBatch } from '../make-batch.js';
import { samplingOutputs } from '../sampling-outputs.js';
import { rowShape } from '../shape.js';
import { createConditionFiller } from './condition-filler.js';
import { samplingInputs } from './inputs.js';
import type { GeneratorRecipe } from './recipe.js';

/**
 * How the generator of a table is fed, and how its rows are read.
 *
 * Conditions are drawn by the categories' true frequencies, a column evenly.
 */
export function tabularGenerator(
  recipe: GeneratorRecipe,
  encoders: readonly ColumnEncoder[],
): GeneratorSpec {
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
    meet(conditions, schema, table) {
      const resolved = resolveConditions(conditions, conditions.ratio, schema, encoders, table);
      return (run, rows, random) =>
        makeMatchingBatch({ schema, encoders, rows, run }, resolved, random);
    },
  };
}
