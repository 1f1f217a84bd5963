import {
  exp,
  logSumExp,
  mul,
  relu as reluOf,
  step,
  sub,
  type Tensor,
  tanh as tanhOf,
} from '@tensorflow/tfjs-core';
import { InvalidOptionError } from '../../errors.js';
import type { Layer } from '../layer.js';

const each =
  (change: (x: Tensor) => Tensor): Layer =>
  ({ shape }) => ({ shape, apply: (_state, _name, x) => change(x) });

/** Applies max(x, slope·x), written so that it can be differentiated twice (tfjs's own cannot). */
export function applyLeakyRelu<T extends Tensor>(x: T, slope = 0.2): T {
  return mul(x, step(x, slope));
}

/** A layer of max(x, 0): [rows, …] → [rows, …]. */
export const relu: Layer = each((x) => reluOf(x));

/** A layer of tanh(x): the last one of a generator, whose numbers are in [−1, 1]. */
export const tanh: Layer = each((x) => tanhOf(x));

/** A layer of exp(x) / Σ exp(x) over the last axis: [rows, …, channels] → shares that sum to 1. */
export const softmax: Layer = each((x) => exp(sub(x, logSumExp(x, -1, true))));

/**
 * A layer of max(x, slope·x): [rows, …] → [rows, …].
 *
 * @throws InvalidOptionError for a slope that is no number.
 */
export function leakyRelu(slope = 0.2): Layer {
  if (!Number.isFinite(slope)) {
    throw new InvalidOptionError(
      `leakyRelu: slope must be a number: ${slope}. The usual one is 0.2`,
    );
  }
  return each((x) => applyLeakyRelu(x, slope));
}
