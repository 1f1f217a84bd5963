import type { InputSource, StepInputs } from '../../../../nn/step-inputs.js';
import type { RowShape } from '../shape.js';
import type { GeneratorRecipe, TabularRecipe } from './recipe.js';

/** Names of the dropout inputs, one a hidden layer of the critic, for one use of the critic. */
export function dropoutNames(
  recipe: TabularRecipe,
  use: 'critic' | 'penalty' | 'generatorCritic',
): string[] {
  return recipe.critic.map((_, layer) => `${use}Dropout${layer}`);
}

/** What one training step is fed, besides the state. */
export function trainingInputs(recipe: TabularRecipe, shape: RowShape): StepInputs {
  const { batch, pack, latent } = recipe;
  const groups = batch / pack;
  const dropouts = (use: Parameters<typeof dropoutNames>[1], rows: number) =>
    Object.fromEntries(
      dropoutNames(recipe, use).map((name, layer) => [
        name,
        input({ dropout: recipe.dropout }, rows, recipe.critic[layer] as number),
      ]),
    );
  return withColumns({
    real: input('data', batch, shape.width),
    condition: input('data', batch, shape.condition),
    realCondition: input('data', batch, shape.condition),
    generatorCondition: input('data', batch, shape.condition),
    latent: input('normal', batch, latent),
    gumbel: input('gumbel', batch, shape.onehots),
    interpolation: input('uniform', groups, 1),
    generatorLatent: input('normal', batch, latent),
    generatorGumbel: input('gumbel', batch, shape.onehots),
    ...dropouts('critic', 2 * groups),
    ...dropouts('penalty', groups),
    ...dropouts('generatorCritic', groups),
  });
}

/** What the generator is fed to make `rows` rows; `anyBatch` stands for any number. */
export function samplingInputs(recipe: GeneratorRecipe, shape: RowShape, rows: number): StepInputs {
  return withColumns({
    latent: input('normal', rows, recipe.latent),
    condition: input('data', rows, shape.condition),
    gumbel: input('gumbel', rows, shape.onehots),
  });
}

/** An input of a step: [rows, columns]. */
export function input(source: InputSource, rows: number, columns: number) {
  return { source, shape: [rows, columns], dtype: 'float32' } as const;
}

/** Inputs without columns do not exist: a table may have no categories, or no one-hot span. */
export function withColumns(inputs: StepInputs): StepInputs {
  return Object.fromEntries(Object.entries(inputs).filter(([, { shape }]) => shape[1] !== 0));
}
