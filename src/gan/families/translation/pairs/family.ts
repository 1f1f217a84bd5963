import type { Family } from '../../family.js';
import { imageShapeOf } from '../columns.js';
import { fitPair, pairEncoders } from '../pair-columns.js';
import { parsePairRecipe } from '../parse.js';
import { readPairs } from '../read-pairs.js';
import type { PairRecipe } from '../recipe.js';
import { pairRecipes } from '../recipes.js';
import { exportPairGenerator, pairGenerator } from './generator.js';
import { holdPairs } from './held-out.js';
import { createPairGan } from './pair-gan.js';
import { createPairFiller, splitPairs } from './source.js';
import { pairTraining } from './training.js';

/** Steps by default, at least. */
const minimumSteps = 2000;

/** Translations from one image of a row to another one. */
export const pairFamily = {
  name: 'pair',
  translates: 'pairs',
  recipes: pairRecipes,
  defaultRecipe: () => undefined,
  parse: parsePairRecipe,
  canRead: (encoders) => pairEncoders(encoders) !== undefined,

  async prepare(recipe, data) {
    const { random } = data;
    const { encoders, vectors } = fitPair(data);
    const [from, to] = encoders;
    const shapes = { source: imageShapeOf(from), target: imageShapeOf(to) };
    const gan = createPairGan(recipe, shapes);
    const { train, held } = splitPairs(readPairs(encoders, vectors), random.fork('holdOut'));
    const judge = holdPairs(recipe, encoders, held, random.fork('judge'));
    const fill = createPairFiller(gan, encoders, train, random.fork('order'));
    return {
      encoders,
      training: pairTraining(gan, fill, judge.score),
      schedule: { batch: recipe.batch, epochs: recipe.epochs, minimumSteps },
      options: recipe,
      draw: judge.draw,
      exportGenerator: (state) => exportPairGenerator(recipe, encoders, state),
    };
  },

  generator: pairGenerator,
} satisfies Family<PairRecipe>;
