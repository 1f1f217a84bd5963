import { createDcgan } from '../../bench/compute/dcgan.js';
import { createMlp } from '../../bench/compute/mlp.js';
import type { Feed } from '../../src/compute/program.js';
import { type HostTensors, mapEntries, type StepFunction } from '../../src/compute/tensor.js';
import { tabularTraining } from '../../src/gan/families/tabular/ctgan/training.js';
import { tvae } from '../../src/gan/families/tabular/tvae/recipe.js';
import { variationalTraining } from '../../src/gan/families/tabular/tvae/training.js';
import type { Training } from '../../src/gan/training/train.js';
import { fillNoise, type StepInputs } from '../../src/nn/step-inputs.js';
import type { Random } from '../../src/random.js';
import { sequenceTrainings } from './families/sequence/small-training.js';
import { smallTraining } from './families/tabular/autoregressive/small-training.js';
import { smallRecipe, smallTable } from './families/tabular/small-table.js';
import {
  imageTrainings,
  soundTrainings,
  textTrainings,
  videoTrainings,
} from './families/tensor/training-list.js';
import { domainTrainings } from './families/translation/small-domains.js';
import { pairTrainings } from './families/translation/small-pairs.js';
import { smallRecurrent } from './small-recurrent.js';

/** A training step with all that it is fed. */
export interface Recipe {
  readonly inputs: StepInputs;
  state(random: Random): HostTensors;
  readonly step: StepFunction;
  fill(feed: Feed, random: Random): void;
  /** Names of what a step does not change. */
  readonly still?: RegExp;
}

const all = {
  ...imageTrainings,
  ...soundTrainings,
  ...textTrainings,
  ...videoTrainings,
  ...sequenceTrainings,
};

/** Every training step that there is, at a size that the eager engine can train. */
export const recipes: Readonly<Record<string, Recipe>> = {
  CTGAN: filled(tabularTraining(smallTable(), smallRecipe)),
  'CTGAN without dropout or penalty': filled(
    tabularTraining(smallTable(), { ...smallRecipe, dropout: 0, gradientPenalty: 0 }),
  ),
  'CTGAN with matched pairs and averaged weights': filled(
    tabularTraining(
      smallTable(),
      { ...smallRecipe, emaDecay: 0.9, pairs: { weight: 0.02, memory: 0.9, most: 64 } },
      { context: [5, 6] },
    ),
  ),
  TVAE: filled(
    variationalTraining(smallTable(), {
      ...tvae,
      latent: 8,
      encoder: [16],
      decoder: [16, 12],
      batch: 40,
    }),
  ),
  // Of a column that is known beforehand the logits do not count, of one that is not seen the embedding.
  autoregressive: { ...filled(smallTraining(smallTable())), still: /(embedding|output)\d\// },
  'a GAN of dense layers': createMlp({
    batch: 8,
    generator: [6, 16, 24, 12],
    discriminator: [12, 16, 8, 1],
  }),
  DCGAN: createDcgan({ batch: 4, latent: 6, side: 2, channels: [4, 8] }),
  'a GAN of recurrent layers': smallRecurrent,
  ...mapEntries({ ...pairTrainings, ...domainTrainings }, filled),
  ...mapEntries(all, (training, name) => ({
    ...filled(training),
    // The same added to all scores is nothing to these losses.
    ...(/wgan|sngan|wavegan|^specgan$/.test(name) ? { still: /critic\/\d+\/bias$/ } : {}),
    ...(name.startsWith('doppelganger') ? { still: /critic\/(all|whole)\/output\/bias$/ } : {}),
    ...(name.startsWith('text') ? { still: /critic\/(5\/3|\d+)\/bias$/ } : {}),
    ...(name.startsWith('video') ? { still: /critic\/1\/(0\/0|1)\/\d+\/bias$/ } : {}),
  })),
};

function filled(training: Training): Recipe {
  return {
    ...training,
    fill(feed, random) {
      fillNoise(training.inputs, feed, random.fork('noise'));
      training.fillData(feed, random.fork('data'), 0, 10);
    },
  };
}
