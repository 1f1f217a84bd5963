import {
  type Data,
  Field,
  type RecordBatch,
  Schema,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { makeBatch } from '../../src/data/batches/batch.js';
import { readParquetBatches } from '../../src/data/parquet/read.js';
import { soundField } from '../../src/data/sounds/field.js';
import { makeTensorColumn } from '../../src/data/tensor/make.js';

const rate = 8000;

/** Takes below this are held out, as is usual. */
const heldTakes = 5;

/** Spoken digits to learn from, and those that are held out: columns `sound` and `digit`. */
export async function readSpokenDigits(
  path: string,
  samples: number,
): Promise<{ learned: RecordBatch; held: RecordBatch }> {
  const sounds = { learned: [] as Int16Array[], held: [] as Int16Array[] };
  const digits = { learned: [] as string[], held: [] as string[] };
  for await (const batch of readParquetBatches(path)) {
    const [lists, digit, take] = ['samples', 'digit', 'take'].map((name) => batch.getChild(name));
    for (let row = 0; row < batch.numRows; row++) {
      const part = Number(take?.get(row)) < heldTakes ? 'held' : 'learned';
      const sound = new Int16Array(samples);
      const spoken = lists?.get(row) as Vector;
      sound.set((spoken.toArray() as Int16Array).subarray(0, samples));
      sounds[part].push(sound);
      digits[part].push(String(digit?.get(row)));
    }
  }
  const field = soundField('sound', { samples, rate });
  const schema = new Schema([field, new Field('digit', new Utf8(), false)]);
  const batchOf = (part: 'learned' | 'held') => {
    const labels = vectorFromArray(digits[part], new Utf8()).data[0] as Data;
    return makeBatch(schema, [makeTensorColumn(field, sounds[part]), labels], digits[part].length);
  };
  return { learned: batchOf('learned'), held: batchOf('held') };
}
