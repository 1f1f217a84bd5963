import { contrastGan } from '../../../../src/gan/families/translation/domains/contrast.js';
import { cycleGan } from '../../../../src/gan/families/translation/domains/cycle.js';
import type { DomainGan } from '../../../../src/gan/families/translation/domains/domain-gan.js';
import {
  createDomainFiller,
  type DomainImages,
} from '../../../../src/gan/families/translation/domains/source.js';
import { domainTraining } from '../../../../src/gan/families/translation/domains/training.js';
import type {
  ContrastRecipe,
  CycleRecipe,
} from '../../../../src/gan/families/translation/recipe.js';
import { domainRecipes } from '../../../../src/gan/families/translation/recipes.js';
import type { Training } from '../../../../src/gan/training/train.js';
import { createRandom } from '../../../../src/random.js';

const [side, pixels] = [16, 256] as const;
const image = { height: side, width: side, channels: 1 };
const shape = [side, side, 1];
const small = { filters: 2, criticFilters: 2, patch: 16, blocks: 1 } as const;

/** Images of noise. */
function noiseImages(seed: string): DomainImages {
  const random = createRandom(seed);
  const all = random.fillUniform(new Float32Array(5 * pixels)).map((x) => 2 * x - 1);
  return {
    count: 5,
    fill: (index, target, to) => target.set(all.subarray(index * pixels, (index + 1) * pixels), to),
  };
}

function training<Recipe extends CycleRecipe | ContrastRecipe>(
  create: (recipe: Recipe) => DomainGan,
  recipe: Recipe,
): Training {
  const source = { from: noiseImages('from'), to: noiseImages('to') };
  const fill = createDomainFiller(create(recipe), { shape }, source, createRandom('order'));
  return domainTraining(create, recipe, fill);
}

const cycle = (difference: Partial<CycleRecipe> = {}) =>
  training((recipe: CycleRecipe) => cycleGan(recipe, image), {
    ...domainRecipes.cyclegan,
    ...small,
    // Small weights keep gradients small, and with them their rounding.
    cycle: 0.5,
    history: 3,
    ...difference,
  });

const contrast = (difference: Partial<ContrastRecipe> = {}) =>
  training((recipe: ContrastRecipe) => contrastGan(recipe, image), {
    ...domainRecipes.cut,
    ...small,
    contrast: 0.05,
    temperature: 1,
    places: 10,
    ...difference,
  });

/** Every recipe for two domains, on small images. */
export const domainTrainings: Readonly<Record<string, Training>> = {
  cyclegan: cycle(),
  'cyclegan of two images a step, without history or identity': cycle({
    batch: 2,
    history: 0,
    identity: 0,
    augmentations: ['translation'],
  }),
  cut: contrast(),
  'cut of two images a step, without identity': contrast({ batch: 2, identity: false, flip: true }),
};
