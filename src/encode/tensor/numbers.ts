import { type Data, DataType, Vector } from 'apache-arrow';
import { elementArray, type TensorElement, type TensorValues } from '../../data/tensor/elements.js';
import { numberToHalf } from '../../data/tensor/float16.js';
import { tensorSize } from '../../data/tensor/layout.js';
import { permuteTensor } from '../../data/tensor/permute.js';
import { readFloats } from '../cells/column-values.js';
import { inverseOrder, type TensorOrder } from './layout.js';

/** The numbers that are −1 and 1 for the networks. */
export interface NumberRange {
  readonly minimum: number;
  readonly maximum: number;
}

/** Tensors in their own numbers, [count, ...shape], with the rows that have one. */
export interface OwnNumbers {
  readonly values: TensorValues;
  /** The row of the column that each tensor is of. */
  readonly rows: Int32Array;
}

/** The tensors of a column, without null ones, channels last. Halves are made float32. */
export function readOwnNumbers({ type, order }: TensorOrder, vector: Vector): OwnNumbers {
  const size = tensorSize(type.shape);
  const Values = type.element === 'float16' ? Float32Array : elementArray(type.element);
  const values = new Values((vector.length - vector.nullCount) * size);
  const rows = new Int32Array(vector.length - vector.nullCount);
  let [row, made] = [0, 0];
  for (const chunk of vector.data) {
    const numbers = numbersOf(chunk);
    for (let k = 0; k < chunk.length; k++, row++) {
      if (chunk.nullCount > 0 && !chunk.getValid(k)) continue;
      const tensor = numbers.subarray(k * size, (k + 1) * size);
      values.set((order ? permuteTensor(tensor, type.shape, order) : tensor) as never, made * size);
      rows[made++] = row;
    }
  }
  return { values, rows };
}

function numbersOf({ children: [child] }: Data): TensorValues {
  const { type, values } = child as Data;
  // Halves are kept as their bits.
  return DataType.isFloat(type) && type.precision === 0
    ? readFloats(new Vector([child as Data]))
    : (values as TensorValues);
}

/** The range of some numbers; undefined if there are none, or one is not finite. */
export function rangeOf(values: TensorValues): NumberRange | undefined {
  let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    const number = Number(value);
    if (!Number.isFinite(number)) return undefined;
    if (number < minimum) minimum = number;
    if (number > maximum) maximum = number;
  }
  return values.length > 0 ? { minimum, maximum } : undefined;
}

/** Numbers of the column → numbers in [−1, 1], `size` of them from place `from`, into `target` at `to`. */
export function scaleNumbers(
  { minimum, maximum }: NumberRange,
  values: TensorValues,
  from: number,
  size: number,
  target: Float32Array,
  to: number,
): void {
  const factor = maximum > minimum ? 2 / (maximum - minimum) : 0;
  for (let k = 0; k < size; k++) {
    target[to + k] = (Number(values[from + k]) - minimum) * factor - 1;
  }
}

/** Numbers in [−1, 1], of tensors with channels last → the column's own, as they lie there. */
export function unscaleNumbers(
  { type, order }: TensorOrder,
  range: NumberRange,
  scaled: Float32Array,
): TensorValues {
  const own = new (elementArray(type.element))(scaled.length);
  const convert = converterFor(type.element);
  const half = (range.maximum - range.minimum) / 2;
  for (let k = 0; k < scaled.length; k++) {
    // What is no number becomes the middle.
    const value = Math.max(-1, Math.min(1, scaled[k] || 0));
    const unscaled = range.minimum + (value + 1) * half;
    own[k] = convert(Math.max(range.minimum, Math.min(range.maximum, unscaled))) as never;
  }
  return inMemoryOrder(own, { type, order });
}

/** What makes of a number one as arrays of an element hold it. */
export function converterFor(element: TensorElement): (value: number) => number | bigint {
  if (element === 'float16') return numberToHalf;
  if (element.startsWith('float')) return (value) => value;
  if (element.endsWith('64')) return (value) => BigInt(Math.round(value));
  return Math.round;
}

/** Whole numbers as an array of the column's own kind. */
export function ownNumbers(element: TensorElement, numbers: readonly number[]): TensorValues {
  const convert = converterFor(element);
  const own = new (elementArray(element))(numbers.length);
  for (const [k, value] of numbers.entries()) own[k] = convert(value) as never;
  return own;
}

/** Tensors with channels last → as they lie in the column, in place. */
export function inMemoryOrder(own: TensorValues, { type, order }: TensorOrder): TensorValues {
  if (!order) return own;
  const size = tensorSize(type.shape);
  const from = order.map((axis) => type.shape[axis] as number);
  const back = inverseOrder(order);
  for (let at = 0; at < own.length; at += size) {
    const tensor = own.slice(at, at + size) as TensorValues;
    own.set(permuteTensor(tensor, from, back) as never, at);
  }
  return own;
}
