import { type HostTensors, sizeOf } from '../../../../../compute/tensor.js';
import type { StepInputs } from '../../../../../nn/step-inputs.js';
import type { RowShape } from '../../shape.js';
import { input, withColumns } from '../inputs.js';
import type { PrivateRecipe } from './recipe.js';

/** Name of the input that holds the noise of a weight's gradient. */
export const noiseName = (weight: string) => `noise/${weight}`;

/**
 * What a training step is fed, besides the state; what its updates of the critic are fed lies one below
 * the other.
 *
 * @param sampled Real rows that there is room for in each update.
 * @param critic Weights of the critic.
 */
export function privateInputs(
  recipe: PrivateRecipe,
  shape: RowShape,
  sampled: number,
  critic: HostTensors,
): StepInputs {
  const { batch, latent, criticUpdates } = recipe;
  const noise = Object.entries(critic).map(([name, tensor]) => [
    noiseName(name),
    input('data', criticUpdates, sizeOf(tensor.shape)),
  ]);
  return withColumns({
    real: input('data', criticUpdates * sampled, shape.width),
    realCondition: input('data', criticUpdates * sampled, shape.condition),
    rowWeights: input('data', criticUpdates * sampled, 1),
    condition: input('data', criticUpdates * batch, shape.condition),
    latent: input('normal', criticUpdates * batch, latent),
    gumbel: input('gumbel', criticUpdates * batch, shape.onehots),
    generatorCondition: input('data', batch, shape.condition),
    generatorLatent: input('normal', batch, latent),
    generatorGumbel: input('gumbel', batch, shape.onehots),
    ...Object.fromEntries(noise),
  });
}
