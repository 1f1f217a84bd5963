import { isTensorEncoder } from '../../encode/tensor/encoder.js';
import { InvalidOptionError } from '../../errors.js';
import { directFamilyOf } from '../../gan/model/generator-of.js';
import type { Model } from '../../gan/model/model.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { assertGiven } from '../../options/given.js';
import { about } from '../../options/option.js';
import { seed, wholeNumber } from '../../options/values.js';
import type { Seed } from '../../random.js';
import { type TableDirection, tableDirections } from './directions.js';
import { type ConditionEffect, conditionEffects } from './effects.js';
import { makeLatentRows } from './latent-rows.js';

/** How a model is explained. */
export interface ExplainOptions {
  /** Directions of the latent vectors at most. Default 5. */
  readonly directions?: number | undefined;
  /** Rows that are made for each condition. Default 1,024. */
  readonly rows?: number | undefined;
  /** Default 0. */
  readonly seed?: Seed | undefined;
}

/** What drives the rows that a model makes. */
export interface Explanation {
  /**
   * What moves together along directions of the latent vectors, those that move most first; none for
   * makers without such vectors.
   */
  readonly directions: readonly TableDirection[];
  /** What asking for each level does to other columns; none for recipes that take no conditions. */
  readonly effects: readonly ConditionEffect[];
}

/** The options of `explainModel`. */
export const explainOptions = object<ExplainOptions>({
  directions: about('directions of the latent vectors at most', wholeNumber({ from: 0 })),
  rows: about('rows that are made for each condition', wholeNumber({ from: 1 })),
  seed: seed(),
});

/** Runs of rows that directions are found in and told by: 4,096 each. */
const latentRuns = 8;

/**
 * Tells what drives the rows of a model of a table: which columns move together along directions of its
 * latent vectors, and what asking for a level does to the other columns. It looks at rows that the model
 * makes, and at no real ones: how links compare with theirs, `evaluate` says.
 *
 * @throws InvalidOptionError for a model of images, sounds or videos: see `drawDirections`.
 */
export async function explainModel(
  model: Model,
  options: ExplainOptions = {},
): Promise<Explanation> {
  checkOptions(explainOptions, options);
  assertGiven(model, 'model', 'a model');
  const { directions = 5, rows = 1024, seed: drawn = 0 } = options;
  if (model.encoders.some(isTensorEncoder)) {
    throw new InvalidOptionError(
      `the model makes no table: ${model.manifest.recipe.name}. Draw its directions with drawDirections`,
    );
  }
  const hasNetwork = directFamilyOf(model.manifest) === undefined;
  const made = hasNetwork && directions > 0 && (await makeLatentRows(model, latentRuns, drawn));
  return {
    directions: made ? tableDirections(made, directions) : [],
    effects: await conditionEffects(model, rows, drawn),
  };
}
