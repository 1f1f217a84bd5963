import { reshape } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../compute/tensor.js';
import type { Layer } from '../layer.js';

/** A layer that puts all numbers of a row side by side: [rows, …] → [rows, size]. */
export const flatten: Layer = ({ shape }) => ({
  shape: [sizeOf(shape)],
  apply: (_state, _name, x) => reshape(x, [x.shape[0] as number, sizeOf(shape)]),
});
