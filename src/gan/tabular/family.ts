import { isImageEncoder } from '../../encode/image/image.js';
import { inferEncoders } from '../../encode/infer.js';
import { encodeTable, layoutOf } from '../../encode/table.js';
import { SchemaError } from '../../errors.js';
import type { Family } from '../family.js';
import { isCount, isListOf, isObject } from '../model/checks.js';
import { describeRows, rowsMetadata } from './describe-rows.js';
import { exportGenerator } from './export.js';
import type { TabularRecipe } from './recipe.js';
import { tabularGenerator } from './sample.js';
import { rowShape } from './shape.js';
import { tabularTraining } from './training.js';

/** By default a table is seen so often, in at least so many steps. */
export const tabularSchedule = { epochs: 300, minimumSteps: 2000 } as const;

/** GANs for tables of scalar columns. */
export const tabular: Family<TabularRecipe> = {
  name: 'tabular',
  isRecipe: (options): options is TabularRecipe =>
    isObject(options) &&
    isCount(options.latent) &&
    options.latent > 0 &&
    isListOf(options.generator, isCount) &&
    typeof options.temperature === 'number' &&
    options.temperature > 0,

  canRead: (encoders) => !encoders.some(isImageEncoder),

  checkRecipe() {},

  async prepare(recipe, { schema, batches, columns, unmodelled, random, signal }) {
    const encoders = await inferEncoders(schema, batches, columns, { unmodelled, signal });
    if (layoutOf(encoders).width === 0) {
      throw new SchemaError(
        `no column can be learned: ${schema.fields.map(({ name }) => name).join(', ')}. Each is ` +
          'constant, empty, an identifier or of a type that is not modelled',
      );
    }
    const table = await encodeTable(encoders, batches, random.fork('encode'), signal);
    const description = () => JSON.stringify(describeRows(recipe, schema, encoders));
    return {
      encoders,
      training: tabularTraining(table, recipe),
      schedule: { batch: recipe.batch, ...tabularSchedule },
      options: recipe,
      exportGenerator: (state) =>
        exportGenerator(recipe, rowShape(table.layout), state, { [rowsMetadata]: description() }),
    };
  },

  generator: tabularGenerator,
};
