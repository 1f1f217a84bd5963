import {
  add,
  conv2d,
  conv2dTranspose,
  slice,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { hostTensor } from '../../compute/tensor.js';
import { initializeWeights } from '../initializers.js';
import type { Layer } from '../layer.js';
import type { WeightOptions } from './dense.js';
import { createSpectralNorm, normaliseSpectrally } from './spectral-norm.js';

/** A number for both height and width, or one for each. */
export type Extent = number | readonly [height: number, width: number];

/** How a convolution goes over an image [height, width, channels]. */
export interface ConvolutionOptions extends WeightOptions {
  /** Height and width of what is seen at once. */
  readonly kernel: Extent;
  /** Default 1. */
  readonly stride?: Extent | undefined;
  /** 'same': what is outside counts as 0, and the size is divided by the stride, rounded up. */
  readonly padding?: 'same' | 'valid' | undefined;
}

/** A convolution with so many filters. */
export function convolution(filters: number, options: ConvolutionOptions): Layer {
  const { padding = 'same', initializer = 'uniform', bias = true, spectralNorm = false } = options;
  const [kernel, stride] = [pairOf(options.kernel), pairOf(options.stride ?? 1)];
  const across = (size: number, axis: 0 | 1) =>
    Math.ceil((padding === 'same' ? size : size - kernel[axis] + 1) / stride[axis]);
  return ({ shape: [height = 0, width = 0, channels = 0] }) => ({
    shape: [across(height, 0), across(width, 1), filters],
    create: (name, random) => ({
      [`${name}/weight`]: initializeWeights(
        [...kernel, channels, filters],
        kernel[0] * kernel[1] * channels,
        initializer,
        random.fork(name, 'weight'),
      ),
      ...(bias ? { [`${name}/bias`]: hostTensor([filters]) } : {}),
      ...(spectralNorm ? createSpectralNorm(name, filters, random) : {}),
    }),
    apply(state, name, x, { training }) {
      const { weight, updates } = spectralNorm
        ? normaliseSpectrally(state, name, training)
        : { weight: state[`${name}/weight`] as Tensor, updates: {} };
      const y = conv2d(x as Tensor4D, weight as Tensor4D, stride, padding);
      return { y: bias ? add(y, state[`${name}/bias`] as Tensor) : y, updates };
    },
  });
}

/**
 * The transpose of a convolution, which makes an image larger: by the stride, and with 'valid'
 * padding by what the kernel is longer than it.
 */
export function transposedConvolution(filters: number, options: ConvolutionOptions): Layer {
  const { padding = 'same', initializer = 'uniform', bias = true } = options;
  const [kernel, stride] = [pairOf(options.kernel), pairOf(options.stride ?? 1)];
  const across = (size: number, axis: 0 | 1) =>
    padding === 'same' ? size * stride[axis] : (size - 1) * stride[axis] + kernel[axis];
  return ({ shape: [height = 0, width = 0, channels = 0] }) => {
    const shape = [across(height, 0), across(width, 1), filters] as const;
    return {
      shape,
      create: (name, random) => ({
        [`${name}/weight`]: initializeWeights(
          [...kernel, filters, channels],
          (kernel[0] * kernel[1] * channels) / (stride[0] * stride[1]),
          initializer,
          random.fork(name, 'weight'),
        ),
        ...(bias ? { [`${name}/bias`]: hostTensor([filters]) } : {}),
      }),
      apply(state, name, x) {
        const weight = state[`${name}/weight`] as Tensor4D;
        const rows = x.shape[0] as number;
        const y = conv2dTranspose(x as Tensor4D, weight, [rows, ...shape], stride, padding);
        return bias ? add(y, state[`${name}/bias`] as Tensor) : y;
      },
    };
  };
}

function pairOf(extent: Extent): [number, number] {
  return typeof extent === 'number' ? [extent, extent] : [...extent];
}

/** The upper left part of an image, of the given height and width. */
export function crop(height: number, width: number): Layer {
  return ({ shape: [fullHeight, fullWidth, channels = 0] }) => ({
    shape: [height, width, channels],
    apply: (_state, _name, x) =>
      fullHeight === height && fullWidth === width
        ? x
        : slice(x, [0, 0, 0, 0], [x.shape[0] as number, height, width, channels]),
  });
}
