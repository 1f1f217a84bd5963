import type { Schema } from 'apache-arrow';
import type { TableLayout } from '../../../../encode/table.js';
import { isTensorEncoder } from '../../../../encode/tensor/encoder.js';
import type { Family } from '../../family.js';
import { describeRows, rowsMetadata } from '../describe-rows.js';
import { encodeForTraining } from '../encode-for-training.js';
import { finishCalibrated } from '../finish.js';
import { generatorWeights } from '../generator-weights.js';
import { rowShape } from '../shape.js';
import { exportGenerator } from './export.js';
import { forRows } from './for-rows.js';
import { tabularGenerator } from './generator.js';
import { samplingInputs } from './inputs.js';
import { assertFitsMemory } from './memory.js';
import { parseTabularRecipe } from './parse.js';
import { ctgan, type TabularRecipe, tabular } from './recipe.js';
import { ganLogits } from './row-maker.js';
import { tabularTraining } from './training.js';

/** By default a table is seen so often, in at least so many steps: more gains little, and takes long. */
export const tabularSchedule = { epochs: 100, minimumSteps: 2000 } as const;

/** GANs for tables of scalar columns. */
export const ctganFamily = {
  name: 'tabular',
  hasRules: true,
  recipes: { ctgan, tabular },
  defaultRecipe: () => 'tabular',
  parse: parseTabularRecipe,
  canRead: (encoders) => !encoders.some(isTensorEncoder),

  async prepare(wanted, { schema, target, random, ...rest }) {
    const data = await encodeForTraining({ schema, random, ...rest });
    const { encoders, table, train, held } = data;
    const recipe = forRows(wanted, train.rows);
    assertFitsMemory(recipe, table.layout, schema);
    const shape = rowShape(table.layout);
    const maker = ganLogits(recipe, shape);
    return {
      encoders,
      training: tabularTraining(train, recipe, {
        context: contextOf(table.layout, schema, target),
        judge: { held, random: random.fork('judge') },
      }),
      schedule: { batch: recipe.batch, ...tabularSchedule },
      options: recipe,
      async finish(state, random, target) {
        const weights = generatorWeights(state);
        if (!recipe.calibrate) return { state: weights, encoders };
        return finishCalibrated(data, schema, maker, weights, random, target);
      },
      exportGenerator: (state, encoders) =>
        exportGenerator(recipe, shape, state, {
          [rowsMetadata]: JSON.stringify(
            describeRows(samplingInputs(recipe, shape, 1), schema, encoders),
          ),
        }),
    };
  },

  generator: tabularGenerator,
} satisfies Family<TabularRecipe>;

/** More levels of a target than these are not told apart: each would have few rows. */
const mostLevels = 8;

/** The columns of the encoded row that are the levels of the target; none if it has no levels. */
function contextOf({ spans }: TableLayout, schema: Schema, target: string | undefined): number[] {
  const column = schema.fields.findIndex(({ name }) => name === target);
  const own = spans.find((span) => span.column === column && span.kind === 'onehot');
  if (own?.kind !== 'onehot' || own.role !== 'category' || own.size > mostLevels) return [];
  return Array.from({ length: own.size }, (_, level) => own.offset + level);
}
