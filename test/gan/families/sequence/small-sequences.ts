import {
  Bool,
  Dictionary,
  Field,
  Float64,
  Int32,
  type RecordBatch,
  Schema,
  TimestampSecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { concatenateBatches } from '../../../../src/data/batches/interleave.js';
import { groupSequenceBatches } from '../../../../src/data/sequences/group.js';
import { doppelganger, type SequenceRecipe } from '../../../../src/gan/families/sequence/recipe.js';
import { fitModel } from '../../../../src/gan/fit/fit.js';
import type { Model } from '../../../../src/gan/model/model.js';
import { createRandom } from '../../../../src/random.js';
import { collect } from '../../../data/support/arbitrary-batches.js';

/** A recipe that the eager engine can train. */
export const smallSequenceRecipe: SequenceRecipe = {
  ...doppelganger,
  latent: 4,
  stepLatent: 2,
  attributeLayers: [8],
  recurrent: 6,
  stepsAtOnce: 2,
  criticLayers: [12, 8],
  batch: 8,
};

const schema = new Schema([
  new Field('device', new Int32(), false),
  new Field('place', new Dictionary(new Utf8(), new Int32()), false),
  new Field('weight', new Float64(), true),
  new Field('time', new TimestampSecond(), false),
  new Field('heat', new Float64(), true),
  new Field('state', new Utf8(), true),
  new Field('alarm', new Bool(), false),
  new Field('unit', new Utf8(), false),
]);

/** Events of devices: 3 to 7 of each, a quarter of an hour or a multiple of it apart. */
export function eventTable(devices = 60): RecordBatch {
  const random = createRandom('events');
  const rows: unknown[][] = [];
  for (let device = 0; device < devices; device++) {
    const place = ['north', 'south', 'west'][device % 3] as string;
    const weight = device % 7 === 0 ? null : 20 + random.uniform() * 50;
    let time = 1_700_000_000 - (1_700_000_000 % 900) + 900 * random.integer(500);
    const start = random.uniform() * 10;
    for (let event = 0; event < 3 + random.integer(5); event++) {
      const heat = random.uniform() < 0.1 ? null : 15 + start + event + random.uniform();
      const state =
        random.uniform() < 0.2 ? null : (['on', 'off', 'idle'][random.integer(3)] as string);
      rows.push([device, place, weight, 1000 * time, heat, state, event % 2 === 0, '°C']);
      time += 900 * (1 + random.integer(3));
    }
  }
  const columns = schema.fields.map(
    ({ type }, column) =>
      vectorFromArray(rows.map((row) => row[column]) as never[], type as never).data[0],
  );
  return makeBatch(schema, columns as never, rows.length);
}

/** The same as rows of sequences. */
export async function sequenceTable(devices = 60): Promise<RecordBatch> {
  const batches = await collect(
    groupSequenceBatches(eventTable(devices), { by: 'device', orderBy: 'time' }),
  );
  return concatenateBatches((batches[0] as RecordBatch).schema, batches);
}

/** A model of them after a few steps. */
export async function hastySequences(
  recipe: Partial<SequenceRecipe> = {},
  options: Parameters<typeof fitModel>[2] = {},
): Promise<Model> {
  const batch = await sequenceTable();
  const small = { ...smallSequenceRecipe, ...recipe };
  return fitModel(batch.schema, [batch], {
    steps: 4,
    seed: 5,
    thread: 'caller',
    recipe: { base: 'doppelganger', ...small },
    ...options,
  });
}
