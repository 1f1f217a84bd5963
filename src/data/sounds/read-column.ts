import type { Data, List, RecordBatch, Vector } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import { describeType } from '../schema/describe.js';
import type { TensorValues } from '../tensor/elements.js';
import { logicalShape } from '../tensor/permute.js';
import { readTensors } from '../tensor/read.js';
import { isNumberList, sampleRate } from './field.js';
import { scaleToUnit } from './scale.js';
import type { Sound } from './sound.js';

/** The sounds of a column of one batch. */
export interface Sounds {
  /** Number of sounds, null ones included. */
  readonly rows: number;
  /** The sound of a row; null for a null row. */
  at(row: number): Sound | null;
}

/**
 * The sounds of a column: tensors [samples] or [samples, channels], or lists of numbers. Integers are
 * divided by the largest of their width, floats taken as they are.
 *
 * @param rate Samples a second, where the field's metadata does not say them.
 * @throws SchemaError if the column is missing or holds no sounds.
 * @throws DataError if single numbers of a tensor are null.
 */
export function readSoundColumn(batch: RecordBatch, column: string, rate?: number): Sounds {
  assertGiven(batch, 'batch', 'a record batch');
  const field = batch.schema.fields.find(({ name }) => name === column);
  if (!field) {
    throw new SchemaError(
      `column is missing: '${column}'. There are ${batch.schema.names.join(', ')}`,
    );
  }
  const own = rate ?? sampleRate(field);
  if (own === undefined) {
    throw new SchemaError(`column '${column}' does not say its sample rate. Say rate`);
  }
  if (isNumberList(field.type)) return listSoundsOf(batch.getChild(column) as Vector<List>, own);
  const tensors = readTensors(batch, column);
  const shape = logicalShape(tensors);
  const [samples = 0, channels = 1] = shape;
  if (shape.length > 2 || samples * channels !== shape.reduce((size, length) => size * length, 1)) {
    throw new SchemaError(
      `column '${column}' holds no sounds: tensors of shape [${shape}]. Sounds are [samples, channels]`,
    );
  }
  return {
    rows: tensors.rows,
    at(row) {
      const values = tensors.logicalAt(row);
      return values && { rate: own, channels, values: scaleToUnit(values, tensors.element) };
    },
  };
}

function listSoundsOf(vector: Vector<List>, rate: number): Sounds {
  const element = describeType(vector.type.valueType);
  return {
    rows: vector.length,
    at(row) {
      const item = vector.get(row);
      if (!item) return null;
      const [chunk] = item.data as Data[];
      const values = (chunk?.values ?? new Float32Array(0)) as TensorValues;
      return { rate, channels: 1, values: scaleToUnit(values.subarray(0, item.length), element) };
    },
  };
}
