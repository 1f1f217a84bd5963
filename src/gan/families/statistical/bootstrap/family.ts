import { openBootstrap } from '../../../../makers/bootstrap.js';
import { checkOptions } from '../../../../options/check.js';
import { object } from '../../../../options/composed.js';
import type { DirectFamily } from '../../family.js';
import { keepRows, readKeptRows } from '../kept-rows.js';
import { areOfTable, fitEncoders, kindsOf } from '../kinds.js';

/** A bootstrap has no options. */
export type BootstrapRecipe = Readonly<Record<never, never>>;

/** Copies of training rows, drawn with replacement: oversampling. **The model holds the training rows.** */
export const bootstrapFamily = {
  name: 'bootstrap',
  holds: 'training rows',
  recipes: { bootstrap: {} },
  defaultRecipe: () => undefined,
  parse(recipe) {
    checkOptions(object<BootstrapRecipe>({}), recipe, 'fit.recipe');
    return recipe;
  },
  canRead: areOfTable,

  async fit(recipe, data) {
    const encoders = await fitEncoders(data);
    return { encoders, options: recipe, file: await keepRows(data, encoders) };
  },

  async open(_, file, schema, encoders) {
    return openBootstrap(await readKeptRows(file, schema), kindsOf(encoders));
  },
} satisfies DirectFamily<BootstrapRecipe>;
