import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../../../compute/tensor.js';
import type { Network } from '../../../../nn/network.js';
import { augmentImages } from '../../../regularizers/diff-augment.js';
import type { DomainRecipe } from '../recipe.js';
import { augmentationInput } from './inputs.js';

/**
 * The critic's scores of images, which it sees changed.
 *
 * @param use Names the numbers that they are changed by.
 */
export function judgePatches(
  { recipe, critic }: { readonly recipe: DomainRecipe; readonly critic: Network },
  weights: Tensors,
  images: Tensor,
  inputs: Tensors,
  use: string,
): Tensor {
  const uniforms = inputs[augmentationInput(use)];
  const seen = uniforms
    ? augmentImages(images as Tensor4D, recipe.augmentations, uniforms)
    : images;
  return critic.apply(weights, seen, { training: true }).y;
}
