import { isTensorEncoder } from '../../../../encode/tensor/encoder.js';
import type { Family } from '../../family.js';
import { describeRows, rowsMetadata } from '../describe-rows.js';
import { encodeForTraining } from '../encode-for-training.js';
import { generatorWeights } from '../generator-weights.js';
import { rowShape } from '../shape.js';
import { codeOrder } from './code-order.js';
import { exportGenerator } from './export.js';
import { forTable } from './for-table.js';
import { autoregressiveSpec } from './generator.js';
import { samplingInputs } from './inputs.js';
import { parseAutoregressiveRecipe } from './parse.js';
import { type AutoregressiveRecipe, autoregressive } from './recipe.js';
import { autoregressiveTraining } from './training.js';

/** By default a table is seen so often, in at least so many steps. */
const schedule = { epochs: 15, minimumSteps: 500 } as const;

/** Likelihood would go on rising with rows learned by heart: of few, too, some are held out. */
const fewRows = 20;

/** Models that decide the columns of a table one after another: no GANs, but trained by likelihood. */
export const autoregressiveFamily = {
  name: 'autoregressive',
  hasRules: true,
  recipes: { autoregressive },
  defaultRecipe: () => undefined,
  parse: parseAutoregressiveRecipe,
  canRead: (encoders) => !encoders.some(isTensorEncoder),

  async prepare(wanted, { schema, random, target, ...rest }) {
    const { encoders, table, train, held } = await encodeForTraining({
      schema,
      random,
      numbers: 'intervals',
      fewRows,
      ...rest,
    });
    const shape = rowShape(table.layout);
    const column = schema.fields.findIndex(({ name }) => name === target);
    const spans = codeOrder(table.layout, column);
    const recipe = forTable(wanted, spans.length, train.rows);
    return {
      encoders,
      training: autoregressiveTraining(
        { table: train, spans, held, random: random.fork('order') },
        recipe,
      ),
      schedule: { batch: recipe.batch, ...schedule },
      options: recipe,
      finish: async (state) => ({ state: generatorWeights(state), encoders }),
      exportGenerator: (state, encoders) =>
        exportGenerator(recipe, shape, spans, state, {
          [rowsMetadata]: JSON.stringify(describeRows(samplingInputs(shape, 1), schema, encoders)),
        }),
    };
  },

  generator: autoregressiveSpec,
} satisfies Family<AutoregressiveRecipe>;
