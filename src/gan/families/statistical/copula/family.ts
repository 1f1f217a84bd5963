import { ModelError } from '../../../../errors.js';
import { openCopula } from '../../../../makers/copula/draw.js';
import { fitCopula } from '../../../../makers/copula/fit.js';
import { type CopulaParameters, problemOfCopula } from '../../../../makers/copula/parameters.js';
import { checkOptions } from '../../../../options/check.js';
import { object } from '../../../../options/composed.js';
import { required } from '../../../../options/option.js';
import { boolean } from '../../../../options/values.js';
import type { DirectFamily } from '../../family.js';
import { areOfTable, fitEncoders, kindsOf } from '../kinds.js';
import { type CopulaRecipe, copula } from './recipe.js';

const recipeOptions = object<CopulaRecipe>({ perClass: required(boolean()) });

/**
 * A Gaussian copula: each column's own distribution, linked by correlations; one for each class of the
 * target. The model holds up to 1,000 values of each column, and no row.
 */
export const copulaFamily = {
  name: 'copula',
  hasRules: true,
  holds: 'column values',
  recipes: { copula },
  defaultRecipe: () => undefined,
  parse(recipe) {
    checkOptions(recipeOptions, recipe, 'fit.recipe');
    return recipe as CopulaRecipe;
  },
  canRead: areOfTable,

  async fit(recipe, data) {
    const encoders = await fitEncoders(data);
    const target = recipe.perClass ? data.target : undefined;
    const parameters = fitCopula(data.batches, target, kindsOf(encoders));
    const bytes = new Uint8Array(Buffer.from(`${JSON.stringify(parameters)}\n`));
    return { encoders, options: recipe, file: { name: 'copula.json', bytes } };
  },

  async open(_, file, schema) {
    return openCopula(schema, readParameters(file, schema.fields.length));
  },
} satisfies DirectFamily<CopulaRecipe>;

function readParameters(file: Uint8Array, columns: number): CopulaParameters {
  let parameters: unknown;
  try {
    parameters = JSON.parse(Buffer.from(file).toString('utf8'));
  } catch (cause) {
    throw new ModelError('copula.json is not JSON', { cause });
  }
  const problem = problemOfCopula(parameters, columns);
  if (problem !== undefined) throw new ModelError(`copula.json is damaged: ${problem}`);
  return parameters as CopulaParameters;
}
