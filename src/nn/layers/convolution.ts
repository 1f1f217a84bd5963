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

/** How a convolution goes over an image [height, width, channels]. */
export interface ConvolutionOptions extends WeightOptions {
  /** Height and width of what is seen at once. */
  readonly kernel: number;
  /** Default 1. */
  readonly stride?: number | undefined;
  /** 'same': what is outside counts as 0, and the size is divided by the stride, rounded up. */
  readonly padding?: 'same' | 'valid' | undefined;
}

/** A convolution with so many filters. */
export function convolution(filters: number, options: ConvolutionOptions): Layer {
  const { kernel, stride = 1, padding = 'same', initializer = 'uniform', bias = true } = options;
  const { spectralNorm = false } = options;
  const across = (size: number) =>
    padding === 'same' ? Math.ceil(size / stride) : Math.ceil((size - kernel + 1) / stride);
  return ({ shape: [height = 0, width = 0, channels = 0] }) => ({
    shape: [across(height), across(width), filters],
    create: (name, random) => ({
      [`${name}/weight`]: initializeWeights(
        [kernel, kernel, channels, filters],
        kernel * kernel * channels,
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
  const { kernel, stride = 1, padding = 'same', initializer = 'uniform', bias = true } = options;
  const across = (size: number) =>
    padding === 'same' ? size * stride : (size - 1) * stride + kernel;
  return ({ shape: [height = 0, width = 0, channels = 0] }) => {
    const shape = [across(height), across(width), filters] as const;
    return {
      shape,
      create: (name, random) => ({
        [`${name}/weight`]: initializeWeights(
          [kernel, kernel, filters, channels],
          (kernel * kernel * channels) / (stride * stride),
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
