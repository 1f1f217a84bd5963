import { type Data, DataType, makeData, Precision } from 'apache-arrow';
import { numberToHalf } from '../../data/tensor/float16.js';
import { wholeWidth } from './column-types.js';

/** Validity bits of rows, packed as Arrow wants them. */
export function packBits(bits: ArrayLike<number | boolean>): Uint8Array {
  const packed = new Uint8Array(((bits.length + 63) & ~63) >> 3);
  for (let i = 0; i < bits.length; i++) {
    if (bits[i]) packed[i >> 3] = (packed[i >> 3] as number) | (1 << (i & 7));
  }
  return packed;
}

/** The same cells, but null where `valid` is 0. */
export function withValidity(data: Data, valid: Int32Array): Data {
  let nulls = 0;
  for (let row = 0; row < valid.length; row++) if (valid[row] === 0) nulls++;
  if (nulls === 0) return data;
  const buffers = data.buffers;
  buffers[2] = packBits(valid);
  return data.clone(data.type, 0, data.length, nulls, buffers);
}

/** A column of a floating point type; each cell is rounded to the nearest of the type. */
export function buildFloats(type: DataType, values: Float64Array): Data {
  const precision = DataType.isFloat(type) ? type.precision : Precision.DOUBLE;
  const data = atPrecision(values, precision);
  return makeData({ type, data, length: values.length, nullCount: 0 } as never);
}

function atPrecision(
  values: Float64Array,
  precision: Precision,
): Uint16Array | Float32Array | Float64Array {
  if (precision === Precision.HALF) return Uint16Array.from(values, numberToHalf);
  return precision === Precision.SINGLE ? Float32Array.from(values) : values;
}

/** A column of a whole type: of bigints, or of numbers that are safe integers. */
export function buildWhole(type: DataType, values: readonly bigint[] | Float64Array): Data {
  const { bits } = wholeWidth(type);
  const narrow = () =>
    new (type.ArrayType as Int32ArrayConstructor)(
      values instanceof Float64Array ? values : values.map(Number),
    );
  const binary = () =>
    bits === 64 ? wideWords(type.ArrayType as BigInt64ArrayConstructor, values) : narrow();
  const data = DataType.isDecimal(type)
    ? decimalWords(Array.from<number | bigint, bigint>(values, BigInt), bits / 32)
    : binary();
  return makeData({ type, data, length: values.length, nullCount: 0 } as never);
}

function wideWords(
  ArrayType: BigInt64ArrayConstructor,
  values: readonly bigint[] | Float64Array,
): BigInt64Array {
  if (!(values instanceof Float64Array)) return ArrayType.from(values);
  const words = new ArrayType(values.length);
  const halves = new Uint32Array(words.buffer);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    // Two's complement, in the order of the machine's bytes.
    halves[2 * row + low] = value >>> 0;
    halves[2 * row + 1 - low] = Math.floor(value / 2 ** 32) >>> 0;
  }
  return words;
}

/** Which of two halves of a 64-bit word is the low one: 0 on little-endian machines. */
const low = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;

function decimalWords(values: readonly bigint[], stride: number): Uint32Array {
  const words = new Uint32Array(values.length * stride);
  values.forEach((value, row) => {
    for (let word = 0; word < stride; word++) {
      words[row * stride + word] = Number(BigInt.asUintN(32, value >> BigInt(32 * word)));
    }
  });
  return words;
}
