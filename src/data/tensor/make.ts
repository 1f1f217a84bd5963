import { type Data, type Field, type FixedSizeList, makeData } from 'apache-arrow';
import { DataError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import { bitmapBytes, setBits } from '../gather/bits.js';
import { elementArray, type TensorValues } from './elements.js';
import { tensorSize } from './layout.js';
import { tensorType } from './type.js';

/**
 * A column of tensors, for a field that {@link tensorField} made.
 *
 * @param tensors The numbers of all tensors in one array, which becomes the column without a copy;
 *   or an array or null for each tensor.
 * @throws DataError for arrays of another class or length, and for nulls where the field has none.
 */
export function makeTensorColumn(
  field: Field,
  tensors: TensorValues | readonly (TensorValues | null)[],
): Data<FixedSizeList> {
  assertGiven(tensors, 'tensors', 'numbers, or an array of those');
  const { element, shape } = tensorType(field);
  const size = tensorSize(shape);
  const Values = elementArray(element);
  const check = (values: unknown, what: string) => {
    if (values instanceof Values) return;
    const given = (values as object)?.constructor?.name ?? typeof values;
    throw new DataError(
      `${what} of column '${field.name}' must be a ${Values.name}, for numbers of ${element}: ${given}`,
    );
  };
  if (ArrayBuffer.isView(tensors)) {
    check(tensors, 'values');
    if (tensors.length % size !== 0) {
      throw new DataError(
        `values of column '${field.name}' are no whole tensors: ${tensors.length} numbers, ${size} a tensor`,
      );
    }
    return assemble(field, tensors.length / size, tensors, undefined);
  }
  const values = new Values(tensors.length * size);
  for (const [row, tensor] of tensors.entries()) {
    if (tensor === null) continue;
    check(tensor, `tensor ${row}`);
    if (tensor.length !== size) {
      throw new DataError(
        `tensor ${row} of column '${field.name}' has ${tensor.length} numbers: shape [${shape}] has ${size}`,
      );
    }
    values.set(tensor as never, row * size);
  }
  return assemble(field, tensors.length, values, tensors);
}

function assemble(
  field: Field,
  length: number,
  values: TensorValues,
  tensors: readonly (TensorValues | null)[] | undefined,
): Data<FixedSizeList> {
  const type = field.type as FixedSizeList;
  const child = makeData({
    type: type.valueType,
    length: values.length,
    nullCount: 0,
    data: values,
  } as never);
  const nulls = tensors?.filter((tensor) => tensor === null).length ?? 0;
  if (!tensors || nulls === 0) return makeData({ type, length, nullCount: 0, child });
  if (!field.nullable) {
    throw new DataError(
      `tensor ${tensors.indexOf(null)} of column '${field.name}' is null: the column is not nullable`,
    );
  }
  const nullBitmap = new Uint8Array(bitmapBytes(length));
  for (const [row, tensor] of tensors.entries()) if (tensor) setBits(nullBitmap, row, 1);
  return makeData({ type, length, nullCount: nulls, nullBitmap, child });
}
