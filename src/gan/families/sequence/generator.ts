import type { Data, RecordBatch, Schema } from 'apache-arrow';
import { makeBatch } from '../../../data/batches/batch.js';
import type { ColumnEncoder, SpanValues } from '../../../encode/encoder.js';
import { isSeriesEncoder } from '../../../encode/series/series.js';
import { InvalidOptionError } from '../../../errors.js';
import type { Random } from '../../../random.js';
import { balanceOf, type RatioValues } from '../../conditions/options.js';
import { resolveConditions } from '../../conditions/resolve.js';
import type { GeneratorSpec } from '../family.js';
import { samplingInputs, samplingOutputs } from './inputs.js';
import { makeMatchingSequences } from './make-matching.js';
import { readOutputs } from './read-outputs.js';
import type { SequenceRecipe } from './recipe.js';
import type { SequenceTable } from './sequence-table.js';
import { type SequenceShape, sequenceShape } from './shape.js';

/** How the generator of sequences is fed, and how what it gives is read. */
export function sequenceGenerator(
  recipe: SequenceRecipe,
  encoders: readonly ColumnEncoder[],
): GeneratorSpec {
  const shape = sequenceShape(recipe, encoders);
  const decode = (table: SequenceTable, schema: Schema, random: Random) =>
    decodeSequences(shape, encoders, schema, table, random);
  return {
    inputs: (rows) => samplingInputs(recipe, shape, rows),
    outputs: (rows) => samplingOutputs(shape, rows),
    fillData(feed) {
      feed.given?.fill(0);
      feed.isGiven?.fill(0);
    },
    decode: ({ outputs }, schema, rows, random) =>
      decode(readOutputs(shape, outputs, rows), schema, random),
    meet(conditions, schema) {
      refuseSeries(conditions, schema, encoders);
      const resolved = resolveConditions(conditions, conditions.ratio, schema, encoders);
      return (run, rows, random) =>
        makeMatchingSequences({ shape, resolved, rows, run }, random, (table) =>
          decode(table, schema, random.fork('decode')),
        );
    },
  };
}

/** Rows of sequences as a batch that has `schema` itself as its schema. */
function decodeSequences(
  shape: SequenceShape,
  encoders: readonly ColumnEncoder[],
  schema: Schema,
  { rows, attributes, steps, offsets }: SequenceTable,
  random: Random,
): RecordBatch {
  let next = 0;
  const take = (all: readonly SpanValues[], encoder: ColumnEncoder, from: number) =>
    all.slice(from, from + encoder.spans.length);
  const columns: Data[] = encoders.map((encoder, column) => {
    const data = encoder.decode(take(attributes.values, encoder, next), rows, random.fork(column));
    next += encoder.spans.length;
    return data;
  });
  let step = 0;
  for (const { column, encoder } of shape.series) {
    const own = take(steps.values, encoder.items, step);
    step += encoder.items.spans.length;
    const items = encoder.items.decode(own, steps.rows, random.fork('items', column));
    columns[column] = encoder.build(items, offsets, columns[column] as Data);
  }
  return makeBatch(schema, columns, rows);
}

/** Refuses conditions on what is within a sequence. */
function refuseSeries(
  { where = {}, balance }: RatioValues,
  schema: Schema,
  encoders: readonly ColumnEncoder[],
): void {
  const asked = [
    ...Object.keys(where).map((name) => ['where', name] as const),
    ...(balance === undefined ? [] : [['balance', balanceOf(balance).column] as const]),
  ];
  for (const [option, name] of asked) {
    const encoder = encoders[schema.fields.findIndex((field) => field.name === name)];
    if (!encoder || !isSeriesEncoder(encoder)) continue;
    throw new InvalidOptionError(
      `${option} names a series: '${name}'. Sequences are asked for by their attributes, the columns ` +
        'that are no lists',
    );
  }
}
