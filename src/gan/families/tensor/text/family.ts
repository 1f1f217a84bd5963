import { fitText } from '../../../../encode/text/text.js';
import { required } from '../../../../options/option.js';
import { wholeNumber } from '../../../../options/values.js';
import { tensorFamily } from '../family.js';
import type { TensorKind } from '../kind.js';
import { textColumns } from './columns.js';
import { ngramFeatures } from './ngram-features.js';
import type { TextRecipe } from './recipe.js';
import { textRecipes } from './recipes.js';

/** Texts: strings as one-hot tensors [longest, symbols], the end of a text among these. */
export const textKind: TensorKind<TextRecipe, keyof typeof textRecipes> = {
  ...textColumns,
  name: 'text',
  recipes: textRecipes,
  defaultRecipe: 'text',
  options: { longest: required(wholeNumber({ from: 0 })) },
  // Strings may be anything: a recipe for texts has to be asked for.
  suits: () => false,
  fit: (field, sample, { longest }, leastRows) =>
    fitText(field, sample, { longest, leastTexts: leastRows }),
  dimensions: () => ({}),
  features: ({ shape }) => ngramFeatures(shape),
  draw: () => undefined,
  problem: ({ augmentations }) =>
    augmentations.length > 0
      ? `'augmentations' are for images, not for texts: ${augmentations.join(', ')}`
      : undefined,
};

/** GANs for a column of texts, with or without a column of labels. */
export const textFamily = tensorFamily(textKind);
