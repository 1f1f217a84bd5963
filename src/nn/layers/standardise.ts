import {
  add,
  customGrad,
  type GradSaveFunc,
  mean,
  mul,
  rsqrt,
  square,
  sub,
  sum,
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

/**
 * The same, with the scale and shift of each feature, in fewer passes. `axes` leave out the last one,
 * that of the features.
 */
export function normalise<T extends Tensor>(
  state: Tensors,
  name: string,
  x: T,
  axes: number[],
): { y: T; center: Tensor; variance: Tensor } {
  const { center, variance } = moments(x, axes);
  const [scale, shift] = [state[`${name}/scale`] as Tensor, state[`${name}/shift`] as Tensor];
  return { y: scaledAndShifted(axes)(x, scale, shift) as T, center, variance };
}

function moments(x: Tensor, axes: number[]) {
  const center = mean(x, axes, true);
  const centered = sub<Tensor>(x, center);
  const variance = mean(square(centered), axes, true);
  const inverse = rsqrt(add(variance, epsilon));
  return { center, centered, variance, inverse };
}

/** With the gradient in closed form (Ioffe and Szegedy 2015): half the passes of the derived one. */
function differentiable(axes: number[]): (x: Tensor) => Tensor {
  return customGrad((x, save) => {
    (save as GradSaveFunc)([x as Tensor]);
    const gradFunc = (dy: Tensor, [saved]: Tensor[]) => {
      const { centered, inverse } = moments(saved as Tensor, axes);
      const y = mul(centered, inverse);
      const slope = mean(mul(dy, y), axes, true);
      const alike = sub(sub(dy, mean(dy, axes, true)), mul(y, slope));
      return mul<Tensor>(alike, inverse);
    };
    const { centered, inverse } = moments(x as Tensor, axes);
    return { value: mul<Tensor>(centered, inverse), gradFunc };
  });
}

/** Gradients in closed form here too; all three need but two sums over the slopes. */
function scaledAndShifted(axes: number[]): (...inputs: Tensor[]) => Tensor {
  return customGrad((x, scale, shift, save) => {
    (save as GradSaveFunc)([x as Tensor, scale as Tensor]);
    const gradFunc = (dy: Tensor, [input, factor]: Tensor[]) => {
      const { centered, inverse } = moments(input as Tensor, axes);
      const level = mean(dy, axes, true);
      const slope = mean(mul(dy, centered), axes, true);
      const tilted = mul(centered, mul(square(inverse), slope));
      const byX = mul<Tensor>(sub(sub(dy, level), tilted), mul(inverse, factor as Tensor));
      const count = dy.size / level.size;
      const byFeature = (part: Tensor) =>
        sum(mul(part, count), part.shape.map((_, k) => k).slice(0, -1));
      return [byX, byFeature(mul(slope, inverse)), byFeature(level)];
    };
    const { centered, inverse } = moments(x as Tensor, axes);
    const scaled = mul<Tensor>(centered, mul(inverse, scale as Tensor));
    return { value: add<Tensor>(scaled, shift as Tensor), gradFunc };
  });
}
