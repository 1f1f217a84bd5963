import type { ImageShape } from '../../../encode/image/layout.js';
import type { Network } from '../../../nn/network.js';
import { type AdversarialLoss, losses } from '../../losses/adversarial.js';
import type { ImageRecipe } from './recipe.js';

/** A recipe made ready for images of a shape and so many classes of labels. */
export interface TensorGan {
  readonly recipe: ImageRecipe;
  readonly image: ImageShape;
  /** 0 without labels. */
  readonly classes: number;
  readonly generator: Network;
  readonly critic: Network;
  readonly loss: AdversarialLoss;
}

export function createTensorGan(
  recipe: ImageRecipe,
  image: ImageShape,
  classes: number,
): TensorGan {
  const { latent, widthMultiplier, pack, loss } = recipe;
  return {
    recipe,
    image,
    classes,
    generator: recipe.generator({ ...image, latent, widthMultiplier, classes }),
    critic: recipe.critic({
      ...image,
      widthMultiplier,
      channels: pack * image.channels,
      classes: pack * classes,
      outputs: recipe.classifier ? 1 + classes : 1,
    }),
    loss: typeof loss === 'string' ? losses[loss] : loss,
  };
}
