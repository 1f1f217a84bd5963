import type { Feed } from '../../../../compute/program.js';
import type { HostTensors, StepFunction } from '../../../../compute/tensor.js';
import type { ImageShape } from '../../../../encode/image/layout.js';
import type { Optimizer } from '../../../../nn/optimizers/options.js';
import type { StepInputs } from '../../../../nn/step-inputs.js';
import type { Random } from '../../../../random.js';
import type { DomainRecipe } from '../recipe.js';

/** A recipe for two domains made ready for images of a size. */
export interface DomainGan {
  readonly recipe: DomainRecipe;
  /** Of the images that are trained on: whole ones, or pieces. */
  readonly image: ImageShape;
  readonly inputs: StepInputs;
  readonly step: StepFunction;
  state(random: Random): HostTensors;
  /** Fills what is neither image nor noise. */
  fill(feed: Feed, random: Random, step: number): void;
  /** Prefix of the weights of the generator that translates as wanted. */
  readonly forward: string;
  /** Prefix of those of the one that translates back, if there is one. */
  readonly back?: string | undefined;
}

/** The recipe with its learning rates times a factor. */
export function slowDown<Recipe extends DomainRecipe>(recipe: Recipe, factor: number): Recipe {
  const slow = (optimizer: Optimizer): Optimizer => ({
    ...optimizer,
    learningRate: optimizer.learningRate * factor,
  });
  return {
    ...recipe,
    criticOptimizer: slow(recipe.criticOptimizer),
    generatorOptimizer: slow(recipe.generatorOptimizer),
  };
}
