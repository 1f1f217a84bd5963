import { type HostTensor, hostTensor } from '../compute/tensor.js';
import type { Random } from '../random.js';

/**
 * How weights start: uniform in ±1/√inputs, as PyTorch's layers do, or normal with a standard
 * deviation of its own.
 */
export type Initializer = 'uniform' | { readonly deviation: number };

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
  if (initializer === 'uniform') {
    const bound = 1 / Math.sqrt(inputs);
    random.fillUniform(values);
    for (let k = 0; k < values.length; k++) values[k] = (2 * (values[k] as number) - 1) * bound;
  } else {
    random.fillNormal(values);
    for (let k = 0; k < values.length; k++)
      values[k] = (values[k] as number) * initializer.deviation;
  }
  return tensor;
}
