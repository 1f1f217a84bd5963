import { mul, step, type Tensor } from '@tensorflow/tfjs-core';

/** max(x, slope·x), written so that it can be differentiated twice (tfjs's own cannot). */
export function leakyRelu<T extends Tensor>(x: T, slope = 0.2): T {
  return mul(x, step(x, slope));
}
