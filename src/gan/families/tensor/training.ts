import type { Optimizer } from '../../../nn/optimizers/optimizer.js';
import type { Random } from '../../../random.js';
import type { Training } from '../../training/train.js';
import { createImageFiller, type ImageSource } from './fill-data.js';
import { trainingInputs } from './inputs.js';
import type { ImageJudge } from './judge/judge.js';
import { initialState } from './state.js';
import { imageStep } from './step.js';
import type { TensorGan } from './tensor-gan.js';

/**
 * The networks of a recipe, to be trained on images.
 *
 * @param random Gives the order of the images.
 * @param judge Says how good a state is; without one the last state is the best.
 */
export function imageTraining(
  gan: TensorGan,
  images: ImageSource,
  random: Random,
  judge?: ImageJudge,
): Training {
  return {
    inputs: trainingInputs(gan),
    step: imageStep(gan),
    state: (weights) => initialState(gan, weights),
    fillData: createImageFiller(images, gan.recipe, gan.classes, random),
    scaleLearningRate: (factor) => imageTraining(slowDown(gan, factor), images, random, judge),
    ...(judge && { score: judge }),
  };
}

function slowDown(gan: TensorGan, factor: number): TensorGan {
  const slow = (optimizer: Optimizer): Optimizer => ({
    ...optimizer,
    learningRate: optimizer.learningRate * factor,
  });
  const { criticOptimizer, generatorOptimizer } = gan.recipe;
  const optimizers = {
    criticOptimizer: slow(criticOptimizer),
    generatorOptimizer: slow(generatorOptimizer),
  };
  return { ...gan, recipe: { ...gan.recipe, ...optimizers } };
}
