import type { Field, Vector } from 'apache-arrow';
import { makeTensorColumn } from '../../data/tensor/make.js';
import { DataError } from '../../errors.js';
import { type Members, refuse } from '../json-checks.js';
import type { TensorEncoder } from './encoder.js';
import type { TensorOrder } from './layout.js';
import {
  type NumberRange,
  rangeOf,
  readOwnNumbers,
  scaleNumbers,
  unscaleNumbers,
} from './numbers.js';

/** A column whose tensors networks see as they are, scaled. */
export interface RangedColumn {
  readonly kind: TensorEncoder['kind'];
  readonly field: Field;
  readonly order: TensorOrder;
  /** Shape of one tensor as networks see it, channels last. */
  readonly shape: readonly number[];
}

/**
 * Fits an encoder of tensors to a sample: its smallest and largest number become −1 and 1, and decoded
 * tensors are within them. What is encoded and decoded is the same number for integers of up to 16
 * bits, and else within the rounding of float32.
 *
 * @param noun What the column holds, for messages: 'images'.
 * @throws DataError for a sample without tensors, or with numbers that are not finite.
 */
export function fitRanged(column: RangedColumn, sample: Vector, noun: string): TensorEncoder {
  const range = rangeOf(readOwnNumbers(column.order, sample).values);
  if (range) return rangedEncoder(column, range);
  throw new DataError(
    `column '${column.field.name}' has ${noun} that cannot be learned: all of them are null, or a ` +
      'number in one is not finite. Leave such rows out',
  );
}

/** Reads a saved encoder of tensors. */
export function rangedFromJSON(column: RangedColumn, { minimum, maximum }: Members): TensorEncoder {
  const isRange =
    Number.isFinite(minimum) &&
    Number.isFinite(maximum) &&
    (minimum as number) <= (maximum as number);
  if (!isRange) return refuse(column.field, 'has bad bounds', [minimum, maximum]);
  return rangedEncoder(column, { minimum, maximum } as NumberRange);
}

function rangedEncoder(
  { kind, field, order, shape }: RangedColumn,
  range: NumberRange,
): TensorEncoder {
  const size = shape.reduce((product, length) => product * length, 1);
  const write = (scaled: Float32Array) =>
    makeTensorColumn(field, unscaleNumbers(order, range, scaled));
  return {
    kind,
    spans: [],
    shape,
    read(vector) {
      const { rows, values } = readOwnNumbers(order, vector);
      return {
        rows,
        fill: (index, target, to) => scaleNumbers(range, values, index * size, size, target, to),
      };
    },
    write,
    encode: () => [],
    decode: (_, rows) => write(new Float32Array(rows * size)),
    toJSON: () => ({ kind, ...range }),
  };
}
