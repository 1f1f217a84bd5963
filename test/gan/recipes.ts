import { createDcgan } from '../../bench/compute/dcgan.js';
import { createMlp } from '../../bench/compute/mlp.js';
import type { Feed } from '../../src/compute/program.js';
import type { HostTensors, StepFunction } from '../../src/compute/tensor.js';
import { fillNoise, type StepInputs } from '../../src/gan/noise.js';
import { createDataFiller } from '../../src/gan/tabular/fill-data.js';
import { trainingInputs } from '../../src/gan/tabular/inputs.js';
import type { TabularRecipe } from '../../src/gan/tabular/recipe.js';
import { rowShape } from '../../src/gan/tabular/shape.js';
import { initialState } from '../../src/gan/tabular/state.js';
import { tabularStep } from '../../src/gan/tabular/step.js';
import type { Random } from '../../src/random.js';
import { smallRecurrent } from './small-recurrent.js';
import { smallRecipe, smallTable } from './tabular/small-table.js';

/** A training step with all that it is fed. */
export interface Recipe {
  readonly inputs: StepInputs;
  state(random: Random): HostTensors;
  readonly step: StepFunction;
  fill(feed: Feed, random: Random): void;
}

/** Every training step that there is, at a size that the eager engine can train. */
export const recipes: Readonly<Record<string, Recipe>> = {
  CTGAN: tabular(smallRecipe),
  'CTGAN without dropout or penalty': tabular({ ...smallRecipe, dropout: 0, gradientPenalty: 0 }),
  'a GAN of dense layers': createMlp({
    batch: 8,
    generator: [6, 16, 24, 12],
    discriminator: [12, 16, 8, 1],
  }),
  DCGAN: createDcgan({ batch: 4, latent: 6, side: 2, channels: [4, 8] }),
  'a GAN of recurrent layers': smallRecurrent,
};

function tabular(recipe: TabularRecipe): Recipe {
  const table = smallTable();
  const shape = rowShape(table.layout);
  const inputs = trainingInputs(recipe, shape);
  const fillData = createDataFiller(table, recipe);
  return {
    inputs,
    state: (random) => initialState(recipe, shape, random),
    step: tabularStep(recipe, shape),
    fill(feed, random) {
      fillNoise(inputs, feed, random.fork('noise'));
      fillData(feed, random.fork('data'));
    },
  };
}
