import type { Data, Field, RecordBatch } from 'apache-arrow';
import { DataError, SchemaError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import type { TensorValues } from './elements.js';
import { tensorSize } from './layout.js';
import { permuteTensor } from './permute.js';
import { type TensorType, tensorType } from './type.js';

/** The tensors of a column of one batch. */
export interface TensorColumn extends TensorType {
  /** Number of tensors, null ones included. */
  readonly rows: number;
  /**
   * The numbers of all tensors, one tensor after the other: a view of the batch's memory, no copy.
   * Those of null tensors may be anything.
   */
  readonly values: TensorValues;
  /** Whether the tensor of a row is null. */
  isNull(row: number): boolean;
  /** The numbers of one tensor as they lie in memory, a view; null for a null tensor. */
  at(row: number): TensorValues | null;
  /** The numbers of one tensor in the order that `permutation` says; a copy if there is one. */
  logicalAt(row: number): TensorValues | null;
}

/**
 * The tensors of a column.
 *
 * @throws SchemaError if the batch lacks the column, or it holds no tensors.
 * @throws DataError if single numbers of a tensor are null.
 */
export function readTensors(batch: RecordBatch, column: string): TensorColumn {
  assertGiven(batch, 'batch', 'a record batch');
  const index = batch.schema.fields.findIndex(({ name }) => name === column);
  const field = batch.schema.fields[index];
  if (!field) {
    throw new SchemaError(
      `column is missing: '${column}'. There are ${batch.schema.names.join(', ')}`,
    );
  }
  return tensorsOf(field, batch.data.children[index] as Data);
}

/** The tensors of one chunk of a column, whose field says what they are. */
export function tensorsOf(field: Field, data: Data): TensorColumn {
  const type = tensorType(field);
  const size = tensorSize(type.shape);
  const rows = data.length;
  const child = data.children[0] as Data;
  // arrow-js slices the child together with the list, so that it starts at row 0.
  const values = (child.values as TensorValues).subarray(0, rows * size);
  if (values.length < rows * size) {
    throw new DataError(
      `column '${field.name}' is cut short: ${values.length} numbers of ${rows * size}`,
    );
  }
  const isNull = (row: number) => data.nullCount > 0 && !data.getValid(row);
  refuseNullNumbers(field.name, child, rows, size, isNull);
  const at = (row: number) => {
    if (!(Number.isInteger(row) && row >= 0 && row < rows)) {
      throw new DataError(`column '${field.name}' has no tensor ${row}: there are ${rows}`);
    }
    return isNull(row) ? null : values.subarray(row * size, (row + 1) * size);
  };
  return {
    ...type,
    rows,
    values,
    isNull,
    at,
    logicalAt(row) {
      const tensor = at(row);
      return tensor && type.permutation
        ? permuteTensor(tensor, type.shape, type.permutation)
        : tensor;
    },
  };
}

function refuseNullNumbers(
  name: string,
  child: Data,
  rows: number,
  size: number,
  isNull: (row: number) => boolean,
): void {
  // Most writers put null numbers below a null tensor; elsewhere there is no tensor without them.
  if (child.nullCount === 0) return;
  for (let row = 0; row < rows; row++) {
    if (isNull(row)) continue;
    for (let index = row * size; index < (row + 1) * size; index++) {
      if (child.getValid(index)) continue;
      throw new DataError(
        `tensor ${row} of column '${name}' has a null number: at ${index - row * size}. Fill it before`,
      );
    }
  }
}
