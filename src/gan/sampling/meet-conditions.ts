import type { Schema } from 'apache-arrow';
import { InvalidOptionError } from '../../errors.js';
import type { RatioValues } from '../conditions/options.js';
import type { RuledTable } from '../conditions/resolve.js';
import type { GeneratorSpec, SampleMatching } from '../families/family.js';

/**
 * How a generator makes batches that meet conditions; it need not have been trained yet.
 *
 * @param schema That of the columns that are learned.
 * @param recipe The recipe's name.
 * @param table The table that they were made of, where rules have changed it.
 * @throws InvalidOptionError for conditions that it cannot meet.
 */
export function meetConditions(
  { meet }: GeneratorSpec,
  conditions: RatioValues,
  schema: Schema,
  recipe: string,
  table?: RuledTable,
): SampleMatching {
  if (meet) return meet(conditions, schema, table);
  throw new InvalidOptionError(
    `where and balance are not for models of this kind: ${recipe}. Leave them out`,
  );
}
