import {
  type Data,
  type DataType,
  type Dictionary,
  type Field,
  type RecordBatch,
  type Schema,
  Vector,
} from 'apache-arrow';
import { makeBatch } from '../batches/batch.js';
import { assembleData } from '../gather/data.js';
import type { PackedBatch, PackedData } from './pack.js';

/** Makes batches again of what `createPacker` made of them, in the same order. */
export function createUnpacker(schema: Schema): (batch: PackedBatch) => RecordBatch {
  const shared: (PackedData | Uint8Array)[] = [];
  const chunks = new Map<number, Data>();
  return (batch) => {
    shared.push(...batch.shared);
    const columns = schema.fields.map(({ type }, k) =>
      unpack(type, batch.columns[k] as PackedData),
    );
    return makeBatch(schema, columns, batch.rows);
  };

  function unpack(type: DataType, packed: PackedData): Data {
    const { length, nullCount, nullBitmap, dictionary, variadicBuffers } = packed;
    return assembleData(type, length, nullCount, nullBitmap as Uint8Array | undefined, {
      values: packed.values,
      valueOffsets: packed.valueOffsets as Int32Array | undefined,
      typeIds: packed.typeIds as Int8Array | undefined,
      children: packed.children.map((child, k) => unpack((type.children[k] as Field).type, child)),
      dictionary:
        dictionary && new Vector(dictionary.map((number) => chunk(type as Dictionary, number))),
      variadicBuffers: variadicBuffers.map((number) => shared[number] as Uint8Array),
    });
  }

  function chunk({ dictionary }: Dictionary, number: number): Data {
    const known = chunks.get(number) ?? unpack(dictionary, shared[number] as PackedData);
    chunks.set(number, known);
    return known;
  }
}
