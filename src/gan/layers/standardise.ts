import { add, mean, mul, rsqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../compute/tensor.js';

/** Keeps the inverse of a small variance finite. */
export const epsilon = 1e-5;

/** `NAME/scale` and `NAME/shift` of `size` features, 1 and 0 at the start. */
export function createScaleAndShift(name: string, size: number): HostTensors {
  return {
    [`${name}/scale`]: hostTensor([size], new Float32Array(size).fill(1)),
    [`${name}/shift`]: hostTensor([size]),
  };
}

/** Scales and shifts each feature of x [..., features]. */
export function scaleAndShift<T extends Tensor>(state: Tensors, name: string, x: T): T {
  return add(mul(x, state[`${name}/scale`] as Tensor), state[`${name}/shift`] as Tensor);
}

/** x less its mean over the axes, over its standard deviation there; the axes stay, as ones. */
export function standardise<T extends Tensor>(
  x: T,
  axes: number[],
): { y: T; center: Tensor; variance: Tensor } {
  const center = mean(x, axes, true);
  const centered = sub<T>(x, center);
  const variance = mean(square(centered), axes, true);
  return { y: mul<T>(centered, rsqrt(add(variance, epsilon))), center, variance };
}
