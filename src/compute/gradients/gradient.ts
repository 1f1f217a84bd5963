import { type GradConfig, reshape, sum, type Tensor } from '@tensorflow/tfjs-core';

/** How a kernel's gradient is computed, by kernel name; each is itself made of differentiable ops. */
export type Gradients = Readonly<Record<string, Omit<GradConfig, 'kernelName'>>>;

/** Sums a gradient over the axes along which its operand was repeated. */
export function sumTo(gradient: Tensor, shape: readonly number[]): Tensor {
  const extra = gradient.shape.length - shape.length;
  const axes = gradient.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < extra || (shape[axis - extra] === 1 && gradient.shape[axis] !== 1));
  const summed = axes.length > 0 ? sum(gradient, axes, true) : gradient;
  return reshape(summed, [...shape]);
}

/** The shape with the reduced axes kept as ones. */
export function keptShape(shape: readonly number[], axes: readonly number[]): number[] {
  return shape.map((dimension, axis) => (axes.includes(axis) ? 1 : dimension));
}
