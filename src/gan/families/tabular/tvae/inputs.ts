import type { InputSource, StepInputs } from '../../../../nn/step-inputs.js';
import type { RowShape } from '../shape.js';
import type { VariationalRecipe } from './recipe.js';

/** What one training step is fed, besides the state. */
export function trainingInputs(
  { batch, latent }: VariationalRecipe,
  { width }: RowShape,
): StepInputs {
  return { real: input('data', batch, width), latent: input('normal', batch, latent) };
}

/** What the decoder is fed to make `rows` rows. */
export function samplingInputs(
  { latent }: VariationalRecipe,
  { scalars, onehots }: RowShape,
  rows: number,
): StepInputs {
  return {
    latent: input('normal', rows, latent),
    ...(scalars > 0 ? { spread: input('normal', rows, scalars) } : {}),
    ...(onehots > 0 ? { gumbel: input('gumbel', rows, onehots) } : {}),
  };
}

function input(source: InputSource, rows: number, columns: number) {
  return { source, shape: [rows, columns], dtype: 'float32' } as const;
}
