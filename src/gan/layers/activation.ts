import { mul, step, sub, type Tensor } from '@tensorflow/tfjs-core';

/** max(x, slope·x), written so that it can be differentiated twice (tfjs's own cannot). */
export function leakyRelu<T extends Tensor>(x: T, slope = 0.2): T {
  return mul(x, step(x, slope));
}

/**
 * Inverted dropout (Srivastava et al. 2014): zeroes a share `rate` of x and scales the rest up.
 *
 * @param uniforms Uniforms in (0, 1) of x's shape.
 */
export function dropout<T extends Tensor>(x: T, uniforms: Tensor, rate: number): T {
  return mul(x, mul(step(sub(uniforms, rate)), 1 / (1 - rate)));
}
