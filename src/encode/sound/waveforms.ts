import { type Data, type Field, type List, makeData, type Vector } from 'apache-arrow';
import { integerScale } from '../../data/sounds/scale.js';
import { elementArray, type TensorValues } from '../../data/tensor/elements.js';
import { halfToNumber } from '../../data/tensor/float16.js';
import { makeTensorColumn } from '../../data/tensor/make.js';
import { converterFor, inMemoryOrder, readOwnNumbers } from '../tensor/numbers.js';
import type { SoundLayout } from './layout.js';

/** How loud a column is: numbers `loudest` from its `silence` are −1 and 1 for the networks. */
export interface Loudness {
  readonly silence: number;
  readonly loudest: number;
}

/** Sounds of one length, [count, samples, channels], around 0; and the rows that have one. */
export interface Waveforms {
  readonly values: Float32Array;
  readonly rows: Int32Array;
}

/** The number that is silence for numbers of an element. */
export function silenceOf({ element }: SoundLayout): number {
  return element.startsWith('float') ? 0 : integerScale(element).middle;
}

/** Samples of each sound of a column that is not null. */
export function lengthsOf(layout: SoundLayout, vector: Vector): Int32Array {
  if (layout.kind === 'tensor') {
    return new Int32Array(vector.length - vector.nullCount).fill(layout.samples);
  }
  return Int32Array.from(listsOf(vector), ({ values }) => values.length);
}

/** The sounds of a column, each of `samples` samples: shorter ones end in silence, longer ones are cut. */
export function readWaveforms(layout: SoundLayout, vector: Vector, samples: number): Waveforms {
  const silence = silenceOf(layout);
  const size = samples * layout.channels;
  const own = ownNumbersOf(layout, vector);
  const values = new Float32Array(own.length * size);
  own.forEach(({ values: numbers }, index) => {
    const count = Math.min(numbers.length, size);
    for (let k = 0; k < count; k++) values[index * size + k] = Number(numbers[k]) - silence;
  });
  return { values, rows: Int32Array.from(own, ({ row }) => row) };
}

interface OwnSound {
  readonly row: number;
  readonly values: ArrayLike<number | bigint>;
}

function ownNumbersOf(layout: SoundLayout, vector: Vector): OwnSound[] {
  if (layout.kind === 'list') return listsOf(vector);
  const { values, rows } = readOwnNumbers(layout.tensors, vector);
  const size = layout.samples * layout.channels;
  return Array.from(rows, (row, index) => ({
    row,
    values: values.subarray(index * size, (index + 1) * size),
  }));
}

function listsOf(vector: Vector): OwnSound[] {
  const isHalf = String((vector.type as List).valueType) === 'Float16';
  const sounds: OwnSound[] = [];
  for (let row = 0; row < vector.length; row++) {
    const item = vector.get(row) as Vector | null;
    if (!item) continue;
    const [data] = item.data as Data[];
    const values = ((data?.values ?? new Float32Array(0)) as TensorValues).subarray(0, item.length);
    sounds.push({
      row,
      values: isHalf ? Float32Array.from(values as Uint16Array, halfToNumber) : values,
    });
  }
  return sounds;
}

/** The largest distance from silence; undefined if one is not finite or there is none. */
export function loudestOf({ values }: Waveforms): number | undefined {
  let loudest = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) return undefined;
    loudest = Math.max(loudest, Math.abs(value));
  }
  return values.length > 0 ? loudest : undefined;
}

/** Sounds in [−1, 1] → the column's own numbers, within what its type holds. */
function ownNumbers(
  { element }: SoundLayout,
  { silence, loudest }: Loudness,
  scaled: Float32Array,
) {
  const own = new (elementArray(element))(scaled.length);
  const convert = converterFor(element);
  const largest = element.startsWith('float') ? undefined : integerScale(element).largest;
  for (let k = 0; k < scaled.length; k++) {
    // What is no number becomes silence.
    const value = Math.max(-1, Math.min(1, scaled[k] || 0)) * loudest;
    own[k] = convert(silence + Math.min(value, largest ? largest - 1 : value)) as never;
  }
  return own;
}

/** Sounds [rows, samples, channels] in [−1, 1] → a column of the column's type. */
export function writeWaveforms(
  field: Field,
  layout: SoundLayout,
  loudness: Loudness,
  samples: number,
  scaled: Float32Array,
): Data {
  const own = ownNumbers(layout, loudness, scaled);
  return layout.kind === 'tensor'
    ? makeTensorColumn(field, inMemoryOrder(own, layout.tensors))
    : listsUntilSilence(layout.list, own, samples, scaled);
}

/** Below this share of the loudest number a sound is silent: 40 dB less. */
const quiet = 0.01;

/** Lists of the sounds up to where nothing but silence follows; of at least one sample. */
function listsUntilSilence(
  list: List,
  own: TensorValues,
  samples: number,
  scaled: Float32Array,
): Data {
  const rows = own.length / samples;
  const valueOffsets = new Int32Array(rows + 1);
  const kept = new (own.constructor as new (length: number) => TensorValues)(own.length);
  for (let row = 0; row < rows; row++) {
    let length = samples;
    const at = (k: number) => Math.abs(scaled[row * samples + k] as number);
    while (length > 1 && !(at(length - 1) >= quiet)) length--;
    const offset = valueOffsets[row] as number;
    kept.set(own.subarray(row * samples, row * samples + length) as never, offset);
    valueOffsets[row + 1] = offset + length;
  }
  const length = valueOffsets[rows] as number;
  const data = kept.slice(0, length);
  const child = makeData({ type: list.valueType, length, nullCount: 0, data } as never);
  return makeData({ type: list, length: rows, nullCount: 0, valueOffsets, child });
}
