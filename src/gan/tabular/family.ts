import type { Field, Schema } from 'apache-arrow';
import type { ColumnEncoder } from '../../encode/encoder.js';
import { isImageEncoder } from '../../encode/image/image.js';
import { inferEncoders } from '../../encode/infer.js';
import { encodeTable, layoutOf, type TableLayout } from '../../encode/table.js';
import { withCurves } from '../../encode/with-curves.js';
import { SchemaError } from '../../errors.js';
import type { Family } from '../family.js';
import { isCount, isListOf, isObject } from '../model/checks.js';
import { calibrate } from './calibrate/calibrate.js';
import type { ColumnCurves } from './calibrate/numbers.js';
import { describeRows, rowsMetadata } from './describe-rows.js';
import { exportGenerator } from './export.js';
import { holdOut } from './hold-out.js';
import type { TabularRecipe } from './recipe.js';
import { tabularGenerator } from './sample.js';
import { rowShape } from './shape.js';
import { generatorOf } from './state.js';
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

  async prepare(recipe, { schema, batches, columns, unmodelled, target, random, signal }) {
    const encoders = await inferEncoders(schema, batches, columns, { unmodelled, signal });
    if (layoutOf(encoders).width === 0) {
      throw new SchemaError(
        `no column can be learned: ${schema.fields.map(({ name }) => name).join(', ')}. Each is ` +
          'constant, empty, an identifier or of a type that is not modelled',
      );
    }
    const table = await encodeTable(encoders, batches, random.fork('encode'), signal);
    const { train, held } = holdOut(table, random.fork('holdOut'));
    return {
      encoders,
      training: tabularTraining(train, recipe, {
        context: contextOf(table.layout, schema, target),
        judge: { held, random: random.fork('judge') },
      }),
      schedule: { batch: recipe.batch, ...tabularSchedule },
      options: recipe,
      async finish(state, random, place) {
        const weights = generatorOf(state);
        if (!recipe.calibrate) return { state: weights, encoders };
        const calibrated = await calibrate(table, recipe, weights, random, place);
        return {
          state: calibrated.state,
          encoders: withAllCurves(schema, encoders, calibrated.curves),
        };
      },
      exportGenerator: (state, encoders) =>
        exportGenerator(recipe, rowShape(table.layout), state, {
          [rowsMetadata]: JSON.stringify(describeRows(recipe, schema, encoders)),
        }),
    };
  },

  generator: tabularGenerator,
};

/** More levels of a target than these are not told apart: each would have few rows. */
const mostLevels = 8;

/** The columns of the encoded row that are the levels of the target; none if it has no levels. */
function contextOf({ spans }: TableLayout, schema: Schema, target: string | undefined): number[] {
  const column = schema.fields.findIndex(({ name }) => name === target);
  const own = spans.find((span) => span.column === column && span.kind === 'onehot');
  if (own?.kind !== 'onehot' || own.role !== 'category' || own.size > mostLevels) return [];
  return Array.from({ length: own.size }, (_, level) => own.offset + level);
}

function withAllCurves(
  schema: Schema,
  encoders: readonly ColumnEncoder[],
  all: readonly ColumnCurves[],
): ColumnEncoder[] {
  return encoders.map((encoder, k) => {
    const own = all.find(({ column }) => column === k);
    return own ? withCurves(schema.fields[k] as Field, encoder, own.curves) : encoder;
  });
}
