import { type HostTensor, type HostTensors, hostTensor } from '../../compute/tensor.js';
import { epsilon } from './standardise.js';

/**
 * Weight [inputs, outputs] and bias [outputs] of a dense layer that does what the linear layer `name`
 * and its batch normalisation by running statistics do.
 */
export function foldBatchNorm(
  state: HostTensors,
  name: string,
): [weight: HostTensor, bias: HostTensor] {
  const numbers = (part: string) => (state[`${name}/${part}`] as HostTensor).values;
  const { shape, values } = state[`${name}/weight`] as HostTensor;
  const [mean, variance] = [numbers('runningMean'), numbers('runningVariance')];
  const [scale, shift] = [numbers('scale'), numbers('shift')];
  const factors = Float64Array.from(
    variance,
    (size, k) => (scale[k] as number) / Math.sqrt(size + epsilon),
  );
  // Five times as fast as `Float32Array.from`, which asks an iterator for each number.
  const weight = (values as Float32Array).map(
    (value, k) => value * (factors[k % factors.length] as number),
  );
  const bias = Float32Array.from(
    factors,
    (factor, k) => (shift[k] as number) - (mean[k] as number) * factor,
  );
  return [hostTensor(shape, weight), hostTensor([bias.length], bias)];
}
