import {
  type Data,
  type DataType,
  Field,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Vector,
} from 'apache-arrow';
import { levelWriter } from '../../src/encode/cells/level-writer.js';
import type { ColumnEncoder } from '../../src/encode/encoder.js';
import { createRandom } from '../../src/random.js';

/** A column of cells given by their exact texts (see `readTexts`). */
export function column(type: DataType, texts: readonly (string | null)[]): Vector {
  const levels = [...new Set(texts.filter((text) => text !== null))];
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : levels.indexOf(text)));
  return new Vector([levelWriter(type, levels)(codes)]);
}

/** A nullable field unless told otherwise. */
export function field(type: DataType, nullable = true): Field {
  return new Field('x', type, nullable);
}

/** decode∘encode. */
export function roundTrip(encoder: ColumnEncoder, vector: Vector, seed = 1): Vector {
  const random = createRandom(seed);
  const spans = encoder.encode(vector, random.fork('encode'));
  return new Vector([encoder.decode(spans, vector.length, random.fork('decode'))]);
}

/** The same rows in two chunks. */
export function cut(vector: Vector, at: number): Vector {
  return new Vector([...vector.slice(0, at).data, ...vector.slice(at).data]);
}

/** A batch of nullable columns named a, b, c, … */
export function batchOf(columns: readonly Data[]): RecordBatch {
  const fields = columns.map(({ type }, i) => new Field(String.fromCharCode(97 + i), type, true));
  const schema: Schema = new Schema(fields);
  const type: Struct = new Struct(fields);
  const length = columns[0]?.length ?? 0;
  return new RecordBatch(schema, makeData({ type, length, nullCount: 0, children: [...columns] }));
}

/** A table of one such batch. */
export function tableOf(columns: readonly Data[]): Table {
  return new Table([batchOf(columns)]);
}
