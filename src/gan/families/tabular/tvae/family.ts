import { isTensorEncoder } from '../../../../encode/tensor/encoder.js';
import type { Family } from '../../family.js';
import { describeRows, rowsMetadata } from '../describe-rows.js';
import { encodeForTraining } from '../encode-for-training.js';
import { finishCalibrated } from '../finish.js';
import { generatorWeights } from '../generator-weights.js';
import { rowShape } from '../shape.js';
import { decoderLogits, decoderSpec, exportDecoder } from './generator.js';
import { samplingInputs } from './inputs.js';
import { parseVariationalRecipe } from './parse.js';
import { tvae, type VariationalRecipe } from './recipe.js';
import { variationalTraining } from './training.js';

/** By default a table is seen so often, in at least so many steps. */
const schedule = { epochs: 300, minimumSteps: 2000 } as const;

/** Variational autoencoders for tables of scalar columns: no GAN, but what one is compared with. */
export const tvaeFamily = {
  name: 'variational',
  hasRules: true,
  recipes: { tvae },
  defaultRecipe: () => undefined,
  parse: parseVariationalRecipe,
  canRead: (encoders) => !encoders.some(isTensorEncoder),

  async prepare(recipe, { schema, random, ...rest }) {
    const data = await encodeForTraining({ schema, random, ...rest });
    const { encoders, table, train, held } = data;
    const shape = rowShape(table.layout);
    return {
      encoders,
      training: variationalTraining(train, recipe, { held, random: random.fork('judge') }),
      schedule: { batch: recipe.batch, ...schedule },
      options: recipe,
      async finish(state, random, target) {
        const weights = generatorWeights(state);
        if (!recipe.calibrate) return { state: weights, encoders };
        const maker = decoderLogits(recipe, shape);
        return finishCalibrated(data, schema, maker, weights, random, target);
      },
      exportGenerator: (state, encoders) =>
        exportDecoder(recipe, shape, state, {
          [rowsMetadata]: JSON.stringify(
            describeRows(samplingInputs(recipe, shape, 1), schema, encoders),
          ),
        }),
    };
  },

  generator: decoderSpec,
} satisfies Family<VariationalRecipe>;
