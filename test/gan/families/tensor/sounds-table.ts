import {
  Dictionary,
  Field,
  Int16,
  Int32,
  List,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { pluckedStrings } from '../../../../fixtures/plucked-strings.js';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { soundField, soundListField } from '../../../../src/data/sounds/field.js';
import { makeTensorColumn } from '../../../../src/data/tensor/make.js';
import { fitModel } from '../../../../src/gan/fit/fit.js';
import type { Model } from '../../../../src/gan/model/model.js';

const rate = 8000;
const samples = 1024;

/** Rows of plucked strings with their pitch, in tensors or in lists that are shorter here and there. */
export function soundsTable(rows: number, as: 'tensor' | 'list' = 'tensor'): RecordBatch {
  const strings = pluckedStrings(rows, { samples, rate, seed: 3 });
  const numbers = strings.map(({ values }) =>
    Int16Array.from(values, (value) => Math.round(value * 32767)),
  );
  const pitch = vectorFromArray(
    strings.map((each) => each.pitch),
    new Dictionary(new Utf8(), new Int32()),
  );
  const label = new Field('pitch', pitch.type, false);
  if (as === 'tensor') {
    const field = soundField('sound', { samples, rate });
    const data = [makeTensorColumn(field, numbers), pitch.data[0]];
    return makeBatch(new Schema([field, label]), data as never, rows);
  }
  const field = soundListField('sound', { rate });
  const lists = vectorFromArray(
    numbers.map((values, row) => values.subarray(0, samples - 40 * (row % 5))),
    new List(new Field('item', new Int16(), true)),
  );
  return makeBatch(new Schema([field, label]), [lists.data[0], pitch.data[0]] as never, rows);
}

/** A model of such sounds that has hardly been trained. */
export function hastySounds(as: 'tensor' | 'list' = 'tensor', recipe: object = {}): Promise<Model> {
  const batch = soundsTable(16, as);
  return fitModel(batch.schema, [batch], {
    steps: 2,
    thread: 'caller',
    privacy: false,
    target: 'pitch',
    recipe: { base: 'specgan-r1', widthMultiplier: 1 / 32, latent: 4, batch: 4, ...recipe },
  });
}
