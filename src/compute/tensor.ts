import type { Tensor } from '@tensorflow/tfjs-core';

/** Element types that a program's inputs, state and outputs can have. */
export type TensorType = 'float32' | 'int32';

/** Shape and element type of a tensor. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: TensorType;
}

/** Stands in the shape of an exported function for the size of a batch: each run has its own. */
export const anyBatch = -2;

/** A tensor in plain memory, row-major. */
export interface HostTensor extends TensorSpec {
  readonly values: Float32Array | Int32Array;
}

/** Named tensors. */
export type Tensors = Record<string, Tensor>;
export type TensorSpecs = Record<string, TensorSpec>;
export type HostTensors = Record<string, HostTensor>;

/**
 * One step, written in tfjs ops: a pure function of its state and inputs.
 *
 * It must draw no random numbers and read no tensor's values: randomness is an input, and values
 * are known only when the compiled program runs.
 */
export type StepFunction = (
  state: Tensors,
  inputs: Tensors,
) => { readonly state: Tensors; readonly outputs: Tensors };

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, dimension) => size * dimension, 1);
}

/** A float32 tensor in plain memory; `values` defaults to zeros. */
export function hostTensor(
  shape: readonly number[],
  values: Float32Array = new Float32Array(sizeOf(shape)),
): HostTensor {
  return { shape, dtype: 'float32', values };
}

/** Applies `change` to every entry of a record. */
export function mapEntries<From, To>(
  record: Record<string, From>,
  change: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, change(value, name)]),
  );
}
