import type { Optimizer } from '../../../nn/optimizers/options.js';
import type { Random } from '../../../random.js';
import type { Training } from '../../training/train.js';
import { createTensorFiller, type TensorSource } from './fill-data.js';
import { trainingInputs } from './inputs.js';
import type { TensorJudge } from './judge/judge.js';
import { initialState } from './state.js';
import { tensorStep } from './step.js';
import type { TensorGan } from './tensor-gan.js';

/**
 * The networks of a recipe, to be trained on tensors.
 *
 * @param random Gives the order of the tensors.
 * @param judge Says how good a state is; without one the last state is the best.
 */
export function tensorTraining(
  gan: TensorGan,
  tensors: TensorSource,
  random: Random,
  judge?: TensorJudge,
): Training {
  return {
    inputs: trainingInputs(gan),
    step: tensorStep(gan),
    state: (weights) => initialState(gan, weights),
    fillData: createTensorFiller(tensors, gan.recipe, gan.classes, random),
    scaleLearningRate: (factor) => tensorTraining(slowDown(gan, factor), tensors, random, judge),
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
