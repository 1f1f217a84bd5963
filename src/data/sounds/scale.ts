import type { TensorElement, TensorValues } from '../tensor/elements.js';
import { halfToNumber } from '../tensor/float16.js';

/** Numbers of a column as numbers in [−1, 1): integers over the largest of their width. */
export function scaleToUnit(values: TensorValues, element: string): Float32Array {
  if (element === 'float16') return Float32Array.from(values as Uint16Array, halfToNumber);
  if (element.startsWith('float')) return Float32Array.from(values as Float32Array);
  const { middle, largest } = integerScale(element as TensorElement);
  const target = new Float32Array(values.length);
  for (let k = 0; k < values.length; k++) target[k] = (Number(values[k]) - middle) / largest;
  return target;
}

/** Silence and the largest distance from it that integers of a width have: uint8 has 128 and 128. */
export function integerScale(element: TensorElement): { middle: number; largest: number } {
  const bits = Number(element.replace(/^u?int/, ''));
  const largest = 2 ** (bits - 1);
  return { middle: element.startsWith('u') ? largest : 0, largest };
}
