import { isGrouped } from '../../../data/sequences/sequence-layout.js';
import type { Family } from '../family.js';
import { describeSequences, sequencesMetadata } from './describe.js';
import { areSequences, encodeSequences } from './encode-sequences.js';
import { sequenceGenerator } from './generator.js';
import { samplingInputs } from './inputs.js';
import { parseSequenceRecipe } from './parse.js';
import { doppelganger, type SequenceRecipe } from './recipe.js';
import { exportSequenceGenerator } from './sample-step.js';
import { sequenceShape } from './shape.js';
import { generatorWeights, holdOutSequences, sequenceTraining } from './training.js';

/** By default each sequence is seen so often, in at least so many steps. */
const schedule = { epochs: 200, minimumSteps: 3000 } as const;

/** GANs for rows of sequences: lists of unlike length, beside attributes of the whole. */
export const sequenceFamily = {
  name: 'sequence',
  recipes: { doppelganger },
  defaultRecipe: (schema) => (isGrouped(schema) ? 'doppelganger' : undefined),
  parse: parseSequenceRecipe,
  canRead: areSequences,

  async prepare(recipe, data) {
    const { schema, random } = data;
    const { encoders, table } = await encodeSequences(recipe, data);
    const shape = sequenceShape(recipe, encoders);
    const { train, held } = holdOutSequences(table, random.fork('holdOut'));
    return {
      encoders,
      training: sequenceTraining(train, recipe, shape, { held, random: random.fork('judge') }),
      schedule: { batch: recipe.batch, ...schedule },
      options: recipe,
      finish: async (state) => ({ state: generatorWeights(state), encoders }),
      exportGenerator: (state, finished) =>
        exportSequenceGenerator(recipe, shape, generatorWeights(state), {
          [sequencesMetadata]: JSON.stringify(
            describeSequences(samplingInputs(recipe, shape, 1), shape, schema, finished),
          ),
        }),
    };
  },

  generator: sequenceGenerator,
} satisfies Family<SequenceRecipe>;
