import { InvalidOptionError } from '../../errors.js';
import { splitConditions } from '../conditions/ranges.js';
import { resolveConditions } from '../conditions/resolve.js';
import { type DirectFamily, isDirect, type UntrainedFamily } from '../families/family.js';
import type { FittedModel, ToFit } from './fitted-model.js';
import type { ResolvedFitOptions } from './options.js';

/** Rows that a maker without a network makes at once. */
const rowsAtOnce = 512;

/** Options that say how networks are trained. */
export const trainingOptions = [
  'steps',
  'epochs',
  'seconds',
  'patience',
  'keep',
  'checkpoint',
  'resume',
  'pictures',
] as const satisfies (keyof ResolvedFitOptions)[];

/**
 * Fits a maker of rows that is not trained.
 *
 * @throws InvalidOptionError for options of training, and for conditions that it cannot meet.
 */
export async function fitUntrained(
  family: DirectFamily | UntrainedFamily,
  { name, recipe, data, table, options, onEncoders }: ToFit,
): Promise<FittedModel> {
  const useless = trainingOptions.find((key) => options[key] !== undefined);
  if (useless !== undefined) {
    throw new InvalidOptionError(
      `fit.${useless} is for recipes that train a network, and '${name}' trains none. Leave it out`,
    );
  }
  const { encoders, options: own, file } = await family.fit(recipe, data);
  onEncoders(encoders);
  const { values } = splitConditions(options.conditions, table, encoders);
  if (values) resolveConditions(values, values.ratio, data.schema, encoders, table);
  return {
    encoders,
    options: own,
    steps: 0,
    place: { engine: 'none' },
    file: isDirect(family)
      ? { ...file, rows: rowsAtOnce, holds: family.holds }
      : { ...file, rows: family.generator(recipe, encoders).translation ? 1 : rowsAtOnce },
  };
}
