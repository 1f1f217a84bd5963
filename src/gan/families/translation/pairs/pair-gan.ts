import type { ImageShape } from '../../../../encode/image/layout.js';
import { InvalidOptionError } from '../../../../errors.js';
import type { Network } from '../../../../nn/network.js';
import { type AdversarialLoss, losses } from '../../../losses/adversarial.js';
import { trainedShape } from '../crops.js';
import { patchCritic } from '../networks/patch-critic.js';
import { unet, usualLevels } from '../networks/unet.js';
import { smallestImage } from '../patch-size.js';
import type { PairRecipe } from '../recipe.js';

/** A recipe made ready for pairs of images. */
export interface PairGan {
  readonly recipe: PairRecipe;
  /** Of the images that are trained on: whole ones, or pieces. */
  readonly source: ImageShape;
  readonly target: ImageShape;
  readonly generator: Network;
  readonly critic: Network;
  readonly loss: AdversarialLoss;
}

/** The generator of a recipe, for images of this size. */
export function createPairGenerator(
  { filters, dropout, levels, crop }: PairRecipe,
  source: ImageShape,
  channels: number,
): Network {
  // A network that was trained on pieces has the levels of these.
  const usual = usualLevels(trainedShape(source, crop));
  return unet(source, channels, { filters, dropout, levels: levels || usual });
}

/**
 * Makes the networks of a recipe for pairs.
 *
 * @throws InvalidOptionError for images that are too small.
 */
export function createPairGan(
  recipe: PairRecipe,
  { source, target }: { readonly source: ImageShape; readonly target: ImageShape },
): PairGan {
  const { crop, patch, criticFilters, loss, levels } = recipe;
  const [from, to] = [trainedShape(source, crop), trainedShape(target, crop)];
  checkSize(from, patch, levels);
  const both = { ...from, channels: from.channels + to.channels };
  return {
    recipe,
    source: from,
    target: to,
    generator: createPairGenerator(recipe, from, to.channels),
    critic: patchCritic(both, criticFilters, patch),
    loss: losses[loss],
  };
}

function checkSize(
  { height, width }: ImageShape,
  patch: PairRecipe['patch'],
  levels: number,
): void {
  const side = Math.min(height, width);
  if (side < smallestImage(patch)) {
    throw new InvalidOptionError(
      `fit.recipe.patch ${patch} needs images of at least ${smallestImage(patch)} pixels: ` +
        `${height} × ${width}. Use a smaller patch, or larger images`,
    );
  }
  if (2 ** levels > side) {
    throw new InvalidOptionError(
      `fit.recipe.levels halves images more often than they can be: ${levels} times, of ${height} × ` +
        `${width}. Use ${Math.floor(Math.log2(side))} at most, or 0 for what suits them`,
    );
  }
}
