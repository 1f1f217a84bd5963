import {
  add,
  customGrad,
  type GradSaveFunc,
  mean,
  mul,
  rsqrt,
  square,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core';
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

/**
 * x less its mean over the axes, over its standard deviation there; the axes stay, as ones. Only
 * `y` is differentiated.
 */
export function standardise<T extends Tensor>(
  x: T,
  axes: number[],
): { y: T; center: Tensor; variance: Tensor } {
  const { center, variance } = moments(x, axes);
  return { y: differentiable(axes)(x) as T, center, variance };
}

function moments(x: Tensor, axes: number[]) {
  const center = mean(x, axes, true);
  const centered = sub(x, center);
  const variance = mean(square(centered), axes, true);
  const inverse = rsqrt(add(variance, epsilon));
  return { center, variance, inverse, y: mul<Tensor>(centered, inverse) };
}

/** With the gradient in closed form (Ioffe and Szegedy 2015): half the passes of the derived one. */
function differentiable(axes: number[]): (x: Tensor) => Tensor {
  return customGrad((x, save) => {
    (save as GradSaveFunc)([x as Tensor]);
    const gradFunc = (dy: Tensor, [saved]: Tensor[]) => {
      const { y, inverse } = moments(saved as Tensor, axes);
      const slope = mean(mul(dy, y), axes, true);
      const alike = sub(sub(dy, mean(dy, axes, true)), mul(y, slope));
      return mul<Tensor>(alike, inverse);
    };
    return { value: moments(x as Tensor, axes).y, gradFunc };
  });
}
