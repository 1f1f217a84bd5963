import {
  type DataType,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
} from 'apache-arrow';

/** Numbers of a tensor. Halves are their 16 bits in a Uint16Array, as in apache-arrow. */
export type TensorValues =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

const elementTypes = {
  int8: Int8,
  int16: Int16,
  int32: Int32,
  int64: Int64,
  uint8: Uint8,
  uint16: Uint16,
  uint32: Uint32,
  uint64: Uint64,
  float16: Float16,
  float32: Float32,
  float64: Float64,
};

/** The types that one number of a tensor can have. */
export type TensorElement = keyof typeof elementTypes;

/** Names of the types of numbers. */
export const tensorElements = Object.keys(elementTypes) as TensorElement[];

/** The Arrow type of one number. */
export function elementType(element: TensorElement): DataType {
  return new elementTypes[element]();
}

/** The array class that holds such numbers. */
export function elementArray(element: TensorElement): new (length: number) => TensorValues {
  return elementType(element).ArrayType;
}
