import { imageGrid } from '../../../../data/images/grid.js';
import { fitImage } from '../../../../encode/image/image.js';
import { imageLayout } from '../../../../encode/image/layout.js';
import { randomFeatures } from '../../../features/random-features.js';
import { tensorFamily } from '../family.js';
import { imageDimensions } from '../image-dimensions.js';
import type { TensorKind } from '../kind.js';
import type { ImageRecipe } from '../recipe.js';
import { tensorsOf } from '../tensors-of.js';
import { imageRecipes } from './recipes.js';

/** Images: tensors [height, width, channels]. */
export const imageKind: TensorKind<ImageRecipe, keyof typeof imageRecipes> = {
  name: 'image',
  recipes: imageRecipes,
  defaultRecipe: 'dcgan-r1',
  options: {},
  suits: ({ fields }) => fields.some((field) => imageLayout(field) !== undefined),
  nouns: ['image', 'images'],
  looks: 'Images are tensors of shape [height, width, channels], with 1 to 4 channels',
  columns: ({ schema: { fields } }) => fields.filter((field) => imageLayout(field) !== undefined),
  fit: fitImage,
  dimensions: imageDimensions,
  features: ({ shape }) => randomFeatures(imageDimensions(shape)),
  draw: ({ shape }, values, columns) =>
    // Images of two channels are no pictures.
    shape[2] === 2 ? undefined : imageGrid(tensorsOf(values, shape), { columns, range: [-1, 1] }),
};

/** GANs for a column of images, with or without a column of labels. */
export const imageFamily = tensorFamily(imageKind);
