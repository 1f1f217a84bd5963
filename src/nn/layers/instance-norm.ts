import type { Tensor } from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../../compute/tensor.js';
import type { Layer } from '../layer.js';
import { createScaleAndShift, normalise, scaleAndShift, standardise } from './standardise.js';

/** Scale and shift of `size` features, for `instanceNorm` or `applyLayerNorm`. */
export function createInstanceNorm(name: string, size: number): HostTensors {
  return createScaleAndShift(name, size);
}

/**
 * Instance normalisation (Ulyanov et al. 2016): each feature of each example of x [batch, ...,
 * features] by its own places, the pixels of an image or the moments of a series.
 */
export function instanceNorm<T extends Tensor>(state: Tensors, name: string, x: T): T {
  return normalise(state, name, x, innerAxes(x).slice(0, -1)).y;
}

/**
 * Layer normalisation (Ba et al. 2016): each example of x [batch, ..., features] by all that it has.
 * For critics whose gradients are penalised, where no example may depend on others.
 */
export function applyLayerNorm<T extends Tensor>(state: Tensors, name: string, x: T): T {
  return scaleAndShift(state, name, standardise(x, innerAxes(x)).y);
}

function innerAxes(x: Tensor): number[] {
  return x.shape.map((_, axis) => axis).slice(1);
}

/** A layer of layer normalisation (Ba et al. 2016): each row [..., features] by itself. */
export const layerNorm: Layer = ({ shape }) => ({
  shape,
  create: (name) => createInstanceNorm(name, shape.at(-1) as number),
  apply: (state, name, x) => applyLayerNorm(state, name, x),
});
