import type { Data, Field } from 'apache-arrow';
import type { TensorElement, TensorValues } from '../data/tensor/elements.js';
import { halfToNumber } from '../data/tensor/float16.js';
import { tensorSize } from '../data/tensor/layout.js';
import { logicalShape } from '../data/tensor/permute.js';
import { tensorsOf } from '../data/tensor/read.js';
import { isTensorField, tensorType } from '../data/tensor/type.js';
import { DataError, SchemaError } from '../errors.js';
import type { DenseValues, Feature, FeatureFitter, TensorJSON } from './feature.js';
import { createMoments } from './moments.js';
import { unexpectedNull } from './number.js';
import type { Scaling } from './options.js';

/** What the 8-bit types hold, which pictures mostly are of. */
const byteRanges: Partial<Record<TensorElement, { centre: number; scale: number }>> = {
  uint8: { centre: 0, scale: 255 },
  int8: { centre: -128, scale: 255 },
};

/** Fits a column of tensors. @param isTarget Whether they are to be predicted: null has no place. */
export function tensorFitter(field: Field, scaling?: Scaling, isTarget = false): FeatureFitter {
  const type = tensorType(field);
  const bytes = byteRanges[type.element];
  const chosen = scaling ?? (bytes ? 'range' : 'standard');
  const fixed = chosen === 'range' ? bytes : undefined;
  const moments = createMoments();
  let nullable = false;
  return {
    add(data, isReal) {
      const tensors = openTensors(field, data);
      for (let row = 0; row < data.length; row++) {
        if (!isReal(row)) continue;
        const values = tensors(row);
        if (!values) nullable = true;
        else if (!fixed && chosen !== 'none') Array.prototype.forEach.call(values, moments.add);
      }
    },
    finish: () =>
      tensorFeature({
        column: field.name,
        as: 'tensor',
        shape: logicalShape(type),
        ...(fixed ?? moments.scaling(chosen)),
        nullable: nullable && !isTarget,
      }),
  };
}

/**
 * A column of tensors: an input of its own, scaled; where fitted rows had null ones these are zeros, and
 * a number among the features of the table says so.
 */
export function tensorFeature(json: TensorJSON): Feature<TensorJSON> {
  const { column, shape, centre, scale, nullable } = json;
  const size = tensorSize(shape);
  return {
    json,
    parts: [
      { shape, dtype: 'float32', isOwnInput: true },
      ...(nullable
        ? [
            {
              shape: [1],
              dtype: 'float32',
              isOwnInput: false,
              labels: [`${column} is null`],
            } as const,
          ]
        : []),
    ],
    open(field, data) {
      checkShape(field, shape);
      const tensors = openTensors(field, data);
      return {
        isKnown: (row) => tensors(row) !== null,
        write: [
          (row, into, at) => {
            const values = tensors(row);
            if (values) writeScaled(values, into, at, { column, centre, scale });
            else if (nullable) into.fill(0, at, at + size);
            else throw unexpectedNull(column);
          },
          (row, into, at) => {
            into[at] = tensors(row) ? 0 : 1;
          },
        ],
      };
    },
  };
}

function checkShape(field: Field, shape: readonly number[]): void {
  const own = isTensorField(field) ? logicalShape(tensorType(field)) : undefined;
  if (own && String(own) === String(shape)) return;
  throw new SchemaError(
    `column '${field.name}' held tensors of shape [${shape.join(', ')}] where the transform was ` +
      `fitted, and holds ${own ? `some of [${own.join(', ')}]` : 'none'}. Fit another transform`,
  );
}

function writeScaled(
  values: ArrayLike<number>,
  into: DenseValues,
  at: number,
  { column, centre, scale }: Pick<TensorJSON, 'column' | 'centre' | 'scale'>,
): void {
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number;
    if (!Number.isFinite(value)) {
      throw new DataError(`tensor of column '${column}' has a number that is not finite: ${value}`);
    }
    into[at + k] = (value - centre) / scale;
  }
}

/** The numbers of each row's tensor, in the order of its logical shape; null for a null one. */
function openTensors(field: Field, data: Data): (row: number) => ArrayLike<number> | null {
  const tensors = tensorsOf(field, data);
  return (row) => {
    const values = tensors.logicalAt(row);
    return values && plainNumbers(tensors.element, values);
  };
}

function plainNumbers(element: TensorElement, values: TensorValues): ArrayLike<number> {
  if (element === 'float16') return Float32Array.from(values as Uint16Array, halfToNumber);
  if (element === 'int64' || element === 'uint64') return Float64Array.from(values, Number);
  return values as Exclude<TensorValues, BigInt64Array | BigUint64Array>;
}
