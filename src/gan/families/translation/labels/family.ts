import { SchemaError } from '../../../../errors.js';
import type { UntrainedFamily } from '../../family.js';
import { imageShapeOf } from '../columns.js';
import { fitPair, pairEncoders } from '../pair-columns.js';
import { parseLabelRecipe } from '../parse.js';
import { readPairs } from '../read-pairs.js';
import type { LabelRecipe } from '../recipe.js';
import { labelRecipes } from '../recipes.js';
import { exportLabelGenerator, labelGenerator } from './generator.js';
import { labelStatistics } from './statistics.js';

/**
 * Images of maps of labels, drawn by the mean and the deviation of each label: classical comparators of
 * what networks learn. The model holds these numbers alone.
 */
export const labelFamily = {
  name: 'label',
  translates: 'pairs',
  recipes: labelRecipes,
  defaultRecipe: () => undefined,
  parse: parseLabelRecipe,
  canRead: (encoders) => pairEncoders(encoders)?.[0].kind === 'label-map',

  async fit(recipe, data) {
    const { encoders, vectors } = fitPair(data);
    const [from, to] = encoders;
    const [source, made] = data.schema.fields.map(({ name }) => name);
    if (from.kind !== 'label-map' || to.kind !== 'image') {
      throw new SchemaError(
        `recipes ${Object.keys(labelRecipes).join(' and ')} draw images of labels: '${source}' must ` +
          `hold labels, and '${made}' images. Swap translate.from and translate.to, or say ` +
          `columns: { '${source}': { kind: 'categorical' } }`,
      );
    }
    const shapes = { source: imageShapeOf(from), target: imageShapeOf(to) };
    const statistics = labelStatistics(readPairs(encoders, vectors), shapes);
    const bytes = exportLabelGenerator(recipe, encoders, statistics);
    return { encoders, options: recipe, file: { name: 'generator.onnx', bytes } };
  },

  generator: labelGenerator,
} satisfies UntrainedFamily<LabelRecipe>;
