import { type Data, DataType, Vector } from 'apache-arrow';
import { elementArray, type TensorValues } from '../../data/tensor/elements.js';
import { numberToHalf } from '../../data/tensor/float16.js';
import { tensorSize } from '../../data/tensor/layout.js';
import { permuteTensor } from '../../data/tensor/permute.js';
import { readFloats } from '../cells/column-values.js';
import { type ImageLayout, inverseOrder } from './layout.js';

/** The smallest and the largest number of some images: −1 and 1 for the networks. */
export interface PixelRange {
  readonly minimum: number;
  readonly maximum: number;
}

/** Images in their own numbers, [rows, height, width, channels], with the rows that have one. */
export interface Images {
  readonly values: TensorValues;
  /** The row of the column that each image is of. */
  readonly rows: Int32Array;
}

/** The images of a column, without null ones, in the order of height, width and channels. */
export function readImages({ type, order }: ImageLayout, vector: Vector): Images {
  const size = tensorSize(type.shape);
  const Values = type.element === 'float16' ? Float32Array : elementArray(type.element);
  const values = new Values((vector.length - vector.nullCount) * size);
  const rows = new Int32Array(vector.length - vector.nullCount);
  let [row, made] = [0, 0];
  for (const chunk of vector.data) {
    const numbers = numbersOf(chunk);
    for (let k = 0; k < chunk.length; k++, row++) {
      if (chunk.nullCount > 0 && !chunk.getValid(k)) continue;
      const image = numbers.subarray(k * size, (k + 1) * size);
      values.set((order ? permuteTensor(image, type.shape, order) : image) as never, made * size);
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
export function rangeOf(values: TensorValues): PixelRange | undefined {
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
export function scalePixels(
  { minimum, maximum }: PixelRange,
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

/** Numbers in [−1, 1], of images [rows, height, width, channels] → the column's own, as they lie there. */
export function unscalePixels(
  { type, order }: ImageLayout,
  { minimum, maximum }: PixelRange,
  pixels: Float32Array,
): TensorValues {
  const half = (maximum - minimum) / 2;
  const own = new (elementArray(type.element))(pixels.length);
  const isHalf = type.element === 'float16';
  const isFloat = type.element.startsWith('float');
  const isBig = own instanceof BigInt64Array || own instanceof BigUint64Array;
  for (let k = 0; k < pixels.length; k++) {
    // What is no number becomes the middle.
    const pixel = Math.max(-1, Math.min(1, pixels[k] || 0));
    const value = Math.max(minimum, Math.min(maximum, minimum + (pixel + 1) * half));
    own[k] = (
      isHalf
        ? numberToHalf(value)
        : isFloat
          ? value
          : isBig
            ? BigInt(Math.round(value))
            : Math.round(value)
    ) as never;
  }
  if (!order) return own;
  const size = tensorSize(type.shape);
  const from = order.map((axis) => type.shape[axis] as number);
  const back = inverseOrder(order);
  for (let at = 0; at < own.length; at += size) {
    const image = own.slice(at, at + size) as TensorValues;
    own.set(permuteTensor(image, from, back) as never, at);
  }
  return own;
}
