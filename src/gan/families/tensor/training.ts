import type { Optimizer } from '../../../nn/optimizers/optimizer.js';
import type { Random } from '../../../random.js';
import type { Training } from '../../training/train.js';
import { createImageFiller, type ImageSource } from './fill-data.js';
import { trainingInputs } from './inputs.js';
import type { ImageJudge } from './judge/judge.js';
import { initialState } from './state.js';
import { imageStep } from './step.js';
import type { Setup } from './tensor-gan.js';

/**
 * The networks of a recipe, to be trained on images.
 *
 * @param random Gives the order of the images.
 * @param judge Says how good a state is; without one the last state is the best.
 */
export function imageTraining(
  setup: Setup,
  images: ImageSource,
  random: Random,
  judge?: ImageJudge,
): Training {
  return {
    inputs: trainingInputs(setup),
    step: imageStep(setup),
    state: (weights) => initialState(setup, weights),
    fillData: createImageFiller(images, setup.recipe, setup.classes, random),
    slower: (factor) => imageTraining(slowDown(setup, factor), images, random, judge),
    ...(judge && { score: judge }),
  };
}

function slowDown(setup: Setup, factor: number): Setup {
  const slow = (optimizer: Optimizer): Optimizer => ({
    ...optimizer,
    learningRate: optimizer.learningRate * factor,
  });
  const { criticOptimizer, generatorOptimizer } = setup.recipe;
  const optimizers = {
    criticOptimizer: slow(criticOptimizer),
    generatorOptimizer: slow(generatorOptimizer),
  };
  return { ...setup, recipe: { ...setup.recipe, ...optimizers } };
}
