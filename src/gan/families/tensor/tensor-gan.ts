import type { TensorEncoder } from '../../../encode/tensor/encoder.js';
import type { Network } from '../../../nn/network.js';
import { type AdversarialLoss, losses } from '../../losses/adversarial.js';
import type { TensorKind } from './kind.js';
import type { TensorRecipe } from './recipe.js';

/** A recipe made ready for tensors of a shape and so many classes of labels. */
export interface TensorGan {
  readonly recipe: TensorRecipe;
  /** Shape of one tensor, channels last. */
  readonly shape: readonly number[];
  /** 0 without labels. */
  readonly classes: number;
  readonly generator: Network;
  readonly critic: Network;
  readonly loss: AdversarialLoss;
}

/** Makes the networks of a recipe for the tensors of an encoder. */
export function createTensorGan(
  kind: TensorKind,
  recipe: TensorRecipe,
  { shape }: Pick<TensorEncoder, 'shape'>,
  classes: number,
): TensorGan {
  const { latent, widthMultiplier, pack, loss } = recipe;
  const seen = [...shape.slice(0, -1), pack * (shape.at(-1) as number)];
  const place = <Own extends object>(own: readonly number[], rest: Own) =>
    ({ ...kind.dimensions(own), shape: own, widthMultiplier, ...rest }) as never;
  return {
    recipe,
    shape,
    classes,
    generator: recipe.generator(place(shape, { latent, classes })),
    critic: recipe.critic(
      place(seen, {
        classes: pack * classes,
        outputs: recipe.classifier ? 1 + classes : 1,
      }),
    ),
    loss: typeof loss === 'string' ? losses[loss] : loss,
  };
}
