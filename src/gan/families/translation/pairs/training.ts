import type { HostTensors } from '../../../../compute/tensor.js';
import { createOptimizer } from '../../../../nn/optimizers/optimizer.js';
import type { Optimizer } from '../../../../nn/optimizers/options.js';
import { unscope } from '../../../../nn/scope.js';
import type { Random } from '../../../../random.js';
import type { Training } from '../../../training/train.js';
import { trainingInputs } from './inputs.js';
import type { PairGan } from './pair-gan.js';
import { pairStep } from './step.js';

/** The networks of a recipe, to be trained on pairs. */
export function pairTraining(
  gan: PairGan,
  fillData: Training['fillData'],
  score?: Training['score'],
): Training {
  return {
    inputs: trainingInputs(gan),
    step: pairStep(gan),
    state: (random) => initialState(gan, random),
    fillData,
    scaleLearningRate: (factor) => pairTraining(slowDown(gan, factor), fillData, score),
    ...(score && { score }),
  };
}

function initialState({ recipe, generator, critic }: PairGan, random: Random): HostTensors {
  const maker = unscope(generator.create(random.fork('generator')), 'generator/');
  const judge = unscope(critic.create(random.fork('critic')), 'critic/');
  return {
    ...maker,
    ...judge,
    ...createOptimizer('generator', recipe.generatorOptimizer, maker),
    ...createOptimizer('critic', recipe.criticOptimizer, judge),
  };
}

function slowDown(gan: PairGan, factor: number): PairGan {
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
