import type { Tensor2D } from '@tensorflow/tfjs-core';
import { exportOnnx } from '../../../../../compute/export.js';
import { fitText, type TextEncoder } from '../../../../../encode/text/text.js';
import { adamOptions } from '../../../../../nn/optimizers/describe.js';
import type { StepInputs } from '../../../../../nn/step-inputs.js';
import { checkOptions } from '../../../../../options/check.js';
import { object } from '../../../../../options/composed.js';
import { required } from '../../../../../options/option.js';
import { number, wholeNumber } from '../../../../../options/values.js';
import type { GeneratorSpec, NetworkFamily } from '../../../family.js';
import { findColumns, fitColumns, type TensorColumns } from '../../columns.js';
import { sourceOf } from '../../family.js';
import { tensorGenerator } from '../../generator.js';
import { splitHoldout } from '../../hold-out.js';
import { textColumns } from '../columns.js';
import { drawTexts, gruShape } from './network.js';
import { type GruRecipe, gru } from './recipe.js';
import { gruTraining, networkWeights } from './training.js';

const positive = required(wholeNumber({ from: 1 }));

const recipeOptions = object<GruRecipe>({
  longest: required(wholeNumber({ from: 0 })),
  hidden: positive,
  batch: positive,
  epochs: required(number({ above: 0 })),
  temperature: required(number({ above: 0 })),
  optimizer: required(adamOptions),
});

/** Steps by default, at least. */
const minimumSteps = 1000;

/**
 * Gated recurrent units that were trained to make texts likely, character by character: no GAN, but what
 * one is compared with.
 */
export const gruFamily = {
  name: 'gru',
  recipes: { gru },
  defaultRecipe: () => undefined,
  parse(recipe) {
    checkOptions(recipeOptions, recipe, 'fit.recipe');
    return recipe as GruRecipe;
  },
  canRead: (encoders) => findColumns(encoders)?.tensors.kind === 'text',

  async prepare(recipe, data) {
    const { random } = data;
    const encoders = await fitColumns(
      textColumns,
      (field, sample, leastTexts) =>
        fitText(field, sample, { longest: recipe.longest, leastTexts }),
      data,
    );
    const columns = findColumns(encoders) as TensorColumns;
    const shape = shapeOf(columns, recipe);
    const source = sourceOf(columns, textColumns.nouns[1], encoders, data);
    const { train, held } = splitHoldout(source, random.fork('holdOut'));
    return {
      encoders,
      training: gruTraining(recipe, shape, train, held, random.fork('order')),
      schedule: { batch: recipe.batch, epochs: recipe.epochs, minimumSteps },
      options: recipe,
      exportGenerator: (state) =>
        exportOnnx({
          name: 'generator',
          state: networkWeights(state),
          inputs: (rows) => samplingInputs(columns, rows),
          step: (weights, { noise, label }) => ({
            state: {},
            outputs: {
              images: drawTexts(
                shape,
                weights,
                noise as Tensor2D,
                label as Tensor2D | undefined,
                recipe.temperature,
              ),
            },
          }),
        }),
    };
  },

  generator(_, encoders): GeneratorSpec {
    const columns = findColumns(encoders) as TensorColumns;
    // Labels are fed and texts read as by GANs; what a latent vector is there is noise here.
    const spec = tensorGenerator({ latent: 1, latentDistribution: 'normal' }, encoders);
    return { ...spec, inputs: (rows) => samplingInputs(columns, rows) };
  },
} satisfies NetworkFamily<GruRecipe>;

function shapeOf({ tensors, label }: TensorColumns, { hidden }: GruRecipe) {
  return gruShape((tensors as TextEncoder).text, label?.counts.length ?? 0, hidden);
}

/** What is fed to draw texts: noise for each symbol at each place, and labels. */
function samplingInputs({ tensors, label }: TensorColumns, rows: number): StepInputs {
  const [length = 0, symbols = 0] = tensors.shape;
  const classes = label?.counts.length ?? 0;
  return {
    noise: { shape: [rows, length * symbols], dtype: 'float32', source: 'gumbel' },
    ...(classes > 0
      ? { label: { shape: [rows, classes], dtype: 'float32', source: 'data' } as const }
      : {}),
  };
}
