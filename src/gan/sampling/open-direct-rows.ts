import type { Schema } from 'apache-arrow';
import type { RatioValues } from '../conditions/options.js';
import { resolveConditions } from '../conditions/resolve.js';
import { wantedColumns } from '../conditions/wanted-columns.js';
import type { DirectFamily } from '../families/family.js';
import type { Model } from '../model/model.js';
import type { OpenRows } from './open-rows.js';

/**
 * Opens a maker of rows without a network.
 *
 * @param learned The schema of the columns that are learned.
 * @throws InvalidOptionError for conditions that it cannot meet.
 */
export async function openDirectRows(
  family: DirectFamily,
  {
    manifest,
    schema,
    encoders,
    generator,
  }: Pick<Model, 'manifest' | 'schema' | 'encoders' | 'generator'>,
  learned: Schema,
  conditions: RatioValues | undefined,
): Promise<OpenRows> {
  const { rules = [], recipe } = manifest;
  const resolved =
    conditions &&
    resolveConditions(conditions, conditions.ratio, learned, encoders, { schema, rules });
  const draw = await family.open(recipe.options, generator, learned, encoders);
  return {
    width: learned.fields.length,
    async make(rows, random) {
      const wanted = resolved && wantedColumns(resolved, encoders, rows, random.fork('wish'));
      return draw(rows, random.fork('generate'), wanted);
    },
    dispose: async () => {},
  };
}
