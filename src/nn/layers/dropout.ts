import { mul } from '@tensorflow/tfjs-core';
import { InvalidOptionError } from '../../errors.js';
import type { Layer } from '../layer.js';

/**
 * A layer that drops a share of the units in training, and scales the others up (inverted dropout,
 * Srivastava et al. 2014): [rows, …] → [rows, …]. In inference it changes nothing.
 *
 * @param rate Share of the units, in [0, 1).
 * @throws InvalidOptionError for another rate.
 */
export function dropout(rate: number): Layer {
  if (!(rate >= 0 && rate < 1)) {
    throw new InvalidOptionError(`dropout: rate must be a number in [0, 1): ${rate}`);
  }
  return ({ shape }) => ({
    shape,
    mask: { rate, shape },
    apply: (_state, _name, x, { mask }) => (mask ? mul(x, mask) : x),
  });
}
