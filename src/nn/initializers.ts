import { type HostTensor, hostTensor } from '../compute/tensor.js';
import type { Random } from '../random.js';

/**
 * How weights start: uniform in ±1/√inputs, as PyTorch's layers do; uniform in ±√(6 / (inputs +
 * outputs)), as those of Keras do (Glorot and Bengio 2010); or normal with a standard deviation of
 * its own.
 */
export type Initializer =
  | 'uniform'
  | 'glorot'
  | {
      /** Standard deviation of normal numbers around 0. */
      readonly deviation: number;
    };

/** Normal with mean 0 and this standard deviation; DCGAN has 0.02 (Radford et al. 2016). */
export function normal(deviation: number): Initializer {
  return { deviation };
}

/** @param inputs Numbers that each output is a sum of. */
export function initializeWeights(
  shape: readonly number[],
  inputs: number,
  initializer: Initializer,
  random: Random,
): HostTensor {
  const tensor = hostTensor(shape);
  const values = tensor.values as Float32Array;
  if (initializer === 'uniform' || initializer === 'glorot') {
    const bound = initializer === 'glorot' ? glorotBound(shape) : 1 / Math.sqrt(inputs);
    random.fillUniform(values);
    for (let k = 0; k < values.length; k++) values[k] = (2 * (values[k] as number) - 1) * bound;
  } else {
    random.fillNormal(values);
    for (let k = 0; k < values.length; k++)
      values[k] = (values[k] as number) * initializer.deviation;
  }
  return tensor;
}

/** For weights [...window, inputs, outputs], or with the last two exchanged. */
function glorotBound(shape: readonly number[]): number {
  const [one = 1, other = 1] = shape.slice(-2);
  const window = shape.slice(0, -2).reduce((size, length) => size * length, 1);
  return Math.sqrt(6 / (window * (one + other)));
}
