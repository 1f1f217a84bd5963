import { type Data, type Field, type List, makeData } from 'apache-arrow';
import { makeTensorColumn } from '../tensor/make.js';
import { toInt16 } from './encode-wave.js';
import type { Sound } from './sound.js';

/** The numbers of a column of sounds: in [−1, 1], or 16-bit integers. */
type Numbers = Float32Array | Int16Array;

/** Sounds as a column of lists of their own lengths. */
export function listColumn(field: Field, sounds: readonly Sound[], element: string): Data {
  const list = field.type as List;
  const valueOffsets = new Int32Array(sounds.length + 1);
  for (const [k, { values }] of sounds.entries()) {
    valueOffsets[k + 1] = (valueOffsets[k] as number) + values.length;
  }
  const numbers = create(element, valueOffsets[sounds.length] as number);
  for (const [k, { values }] of sounds.entries()) put(values, numbers, valueOffsets[k] as number);
  const child = makeData({
    type: list.valueType,
    length: numbers.length,
    nullCount: 0,
    data: numbers,
  } as never);
  return makeData({ type: list, length: sounds.length, nullCount: 0, valueOffsets, child });
}

/** Sounds as a column of tensors: shorter ones end in silence, of longer ones the end is cut. */
export function tensorColumn(
  field: Field,
  sounds: readonly Sound[],
  size: number,
  element: string,
): Data {
  const numbers = create(element, sounds.length * size);
  for (const [k, { values }] of sounds.entries()) {
    put(values.subarray(0, size), numbers, k * size);
  }
  return makeTensorColumn(field, numbers);
}

function create(element: string, length: number): Numbers {
  return element === 'int16' ? new Int16Array(length) : new Float32Array(length);
}

function put(values: Float32Array, target: Numbers, at: number): void {
  if (target instanceof Float32Array) target.set(values, at);
  else for (let k = 0; k < values.length; k++) target[at + k] = toInt16(values[k] as number);
}
