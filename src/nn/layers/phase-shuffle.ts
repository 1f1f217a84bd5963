import { add, concat, mul, reverse, slice, step, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Layer } from '../layer.js';
import { checkUnits } from './weight-options.js';

/**
 * Phase shuffle (WaveGAN, Donahue et al. 2019): moves all lines [rows, length, channels] of a batch
 * by one whole number in ±reach, drawn anew for each use; what comes in at an end is the line's own
 * reflection. Only in training.
 */
export function phaseShuffle(reach: number): Layer {
  checkUnits(reach, 'phaseShuffle: reach');
  return ({ shape }) => ({
    shape,
    mask: { uniforms: 1 },
    apply: (_state, _name, x, { mask }) => (mask ? shift(x, reach, mask) : x),
  });
}

/** @param uniform One number in (0, 1), of shape [1]. */
function shift(x: Tensor, reach: number, uniform: Tensor): Tensor {
  const [rows = 0, length = 0, channels = 0] = x.shape;
  const part = (y: Tensor, from: number) => slice(y, [0, from, 0], [rows, length, channels]);
  const padded = reflect(x, reach);
  const place = mul(uniform, 2 * reach + 1);
  // A slice cannot start where a tensor says: all are made, and one has the weight 1.
  const weighted = Array.from({ length: 2 * reach + 1 }, (_, from) =>
    mul(part(padded, from), sub(step(sub(place, from)), step(sub(place, from + 1)))),
  );
  return weighted.reduce((sum, each) => add(sum, each));
}

/** The line with `reach` places more at each end, mirrored at its first and last place. */
function reflect(x: Tensor, reach: number): Tensor {
  const [rows = 0, length = 0, channels = 0] = x.shape;
  const part = (from: number, count: number) =>
    reverse(slice(x, [0, from, 0], [rows, count, channels]), 1);
  return concat([part(1, reach), x, part(length - 1 - reach, reach)], 1);
}
