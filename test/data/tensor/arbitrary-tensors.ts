import { type Field, Schema } from 'apache-arrow';
import fc from 'fast-check';
import { makeBatch } from '../../../src/data/batches/batch.js';
import {
  elementArray,
  type TensorValues,
  tensorElements,
} from '../../../src/data/tensor/elements.js';
import { tensorSize } from '../../../src/data/tensor/layout.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { type TensorType, tensorField, tensorType } from '../../../src/data/tensor/type.js';

/** Random kinds of tensors: any element, up to four dimensions, with names and permutation or not. */
export const arbitraryTensorType: fc.Arbitrary<TensorType> = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
  .chain((shape) => {
    const all = shape.map((_, dimension) => dimension);
    const length = { minLength: shape.length, maxLength: shape.length };
    return fc.record(
      {
        element: fc.constantFrom(...tensorElements),
        shape: fc.constant(shape),
        dimensionNames: fc.array(fc.string(), length),
        permutation: fc.shuffledSubarray(all, length),
      },
      { requiredKeys: ['element', 'shape'] },
    );
  });

/** Random tensors of a type: any bits, and null here and there. */
export function arbitraryTensors(
  { element, shape }: TensorType,
  { nulls = true, maxRows = 8 } = {},
): fc.Arbitrary<(TensorValues | null)[]> {
  const Values = elementArray(element);
  const bytes = new Values(tensorSize(shape)).byteLength;
  const tensor = fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map(
      (each) => new (Values as never as new (b: ArrayBuffer) => TensorValues)(each.slice().buffer),
    );
  return fc.array(nulls ? fc.option(tensor, { freq: 4 }) : tensor, { maxLength: maxRows });
}

/** A batch of one column of tensors, 'image'. */
export function tensorBatch(
  type: TensorType & { nullable?: boolean; metadata?: Record<string, string> },
  tensors: readonly (TensorValues | null)[],
) {
  const field = tensorField('image', type);
  const schema = new Schema<Record<string, never>>([field as Field<never>]);
  return makeBatch(schema, [makeTensorColumn(field, tensors)], tensors.length);
}

/** The type of the column 'image'. */
export function imageType(schema: Schema): TensorType {
  return tensorType(schema.fields[0] as Field);
}

/** The bytes of tensors, so that every bit counts. */
export function tensorBytes(tensors: readonly (TensorValues | null)[]): (string | null)[] {
  return tensors.map(
    (values) =>
      values && Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex'),
  );
}
