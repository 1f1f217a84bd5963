import type { Schema } from 'apache-arrow';
import { InvalidOptionError } from '../../errors.js';
import type { RatioConditions } from '../conditions/options.js';
import type { GeneratorSpec, SampleMatching } from '../families/family.js';

/**
 * How a generator makes batches that meet conditions; it need not have been trained yet.
 *
 * @param recipe The recipe's name.
 * @throws InvalidOptionError for conditions that it cannot meet.
 */
export function meetConditions(
  { meet }: GeneratorSpec,
  conditions: RatioConditions,
  schema: Schema,
  recipe: string,
): SampleMatching {
  if (meet) return meet(conditions, schema);
  throw new InvalidOptionError(
    `where and balance are not for models of this kind: ${recipe}. Leave them out`,
  );
}
