import { type Data, type Field, type RecordBatch, Schema } from 'apache-arrow';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { encodeSequences } from '../../../../src/gan/families/sequence/encode-sequences.js';
import type { SequenceRecipe } from '../../../../src/gan/families/sequence/recipe.js';
import { sequenceShape } from '../../../../src/gan/families/sequence/shape.js';
import { sequenceTraining } from '../../../../src/gan/families/sequence/training.js';
import type { Training } from '../../../../src/gan/training/training.js';
import { createRandom } from '../../../../src/random.js';
import { sequenceTable, smallSequenceRecipe } from './small-sequences.js';

/** The recipe for sequences as it trains on a small table, or on some of its columns. */
export async function smallSequenceTraining(
  difference: Partial<SequenceRecipe> = {},
  columns?: readonly string[],
): Promise<Training> {
  const recipe = { ...smallSequenceRecipe, ...difference };
  const whole = await sequenceTable();
  const batch = columns ? selectColumns(whole, columns) : whole;
  const { encoders, table } = await encodeSequences(recipe, {
    schema: batch.schema,
    batches: [batch],
    random: createRandom('encode'),
  });
  return sequenceTraining(table, recipe, sequenceShape(recipe, encoders));
}

function selectColumns({ schema, data, numRows }: RecordBatch, names: readonly string[]) {
  const places = names.map((name) => schema.fields.findIndex((field) => field.name === name));
  const fields = places.map((place) => schema.fields[place] as Field);
  const columns = places.map((place) => data.children[place] as Data);
  return makeBatch(new Schema(fields), columns, numRows);
}

/** Trainings with all that the recipe has, and with the least. */
export const sequenceTrainings: Readonly<Record<string, Training>> = {
  doppelganger: await smallSequenceTraining(),
  'doppelganger without attributes, ranges and average': await smallSequenceTraining(
    { ranges: false, emaDecay: 0, stepsAtOnce: 1 },
    ['heat', 'state'],
  ),
};
