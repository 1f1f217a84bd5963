import {
  add,
  conv2d,
  conv2dTranspose,
  slice,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { hostTensor } from '../../compute/tensor.js';
import { checkOptions } from '../../options/check.js';
import { either, object } from '../../options/composed.js';
import { required } from '../../options/option.js';
import { custom, oneOf, wholeNumber } from '../../options/values.js';
import { initializeWeights } from '../initializers.js';
import type { Layer } from '../layer.js';
import { createSpectralNorm, normaliseSpectrally } from './spectral-norm.js';
import { checkUnits, type WeightOptions, weightOptions } from './weight-options.js';

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

const extent = either([
  wholeNumber({ from: 1 }),
  custom<readonly [number, number]>(
    'two positive whole numbers',
    (value) =>
      Array.isArray(value) &&
      value.length === 2 &&
      value.every((size) => Number.isSafeInteger(size) && size > 0),
  ),
]);

const convolutionOptions = object<ConvolutionOptions>({
  ...weightOptions,
  kernel: required(extent),
  stride: extent,
  padding: oneOf(['same', 'valid']),
});

/**
 * A 2-D convolution: [rows, height, width, channels] → [rows, ⌈height / stride⌉, ⌈width / stride⌉,
 * filters] with 'same' padding.
 *
 * ```ts
 * convolution(64, { kernel: 4, stride: 2 }) // [rows, 28, 28, 1] → [rows, 14, 14, 64]
 * ```
 *
 * @throws InvalidOptionError for an option that it does not have, or that is out of bounds.
 */
export function convolution(filters: number, options: ConvolutionOptions): Layer {
  checkUnits(filters, 'convolution: filters');
  checkOptions(convolutionOptions, options, 'convolution');
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
 * A transposed 2-D convolution, which makes images larger: [rows, height, width, channels] → [rows,
 * height · stride, width · stride, filters]; with 'valid' padding larger still by what the kernel is
 * longer than the stride.
 *
 * ```ts
 * transposedConvolution(1, { kernel: 4, stride: 2 }) // [rows, 14, 14, 64] → [rows, 28, 28, 1]
 * ```
 *
 * @throws InvalidOptionError for an option that it does not have, or that is out of bounds.
 */
export function transposedConvolution(filters: number, options: ConvolutionOptions): Layer {
  checkUnits(filters, 'transposedConvolution: filters');
  checkOptions(convolutionOptions, options, 'transposedConvolution');
  const { padding = 'same', initializer = 'uniform', bias = true, spectralNorm = false } = options;
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
        ...(spectralNorm ? createSpectralNorm(name, filters, random) : {}),
      }),
      apply(state, name, x, { training }) {
        const rows = x.shape[0] as number;
        const { weight, updates } = spectralNorm
          ? normaliseSpectrally(state, name, training, 2)
          : { weight: state[`${name}/weight`] as Tensor, updates: {} };
        const sizes = [rows, ...shape] as [number, number, number, number];
        const y = conv2dTranspose(x as Tensor4D, weight as Tensor4D, sizes, stride, padding);
        return { y: bias ? add(y, state[`${name}/bias`] as Tensor) : y, updates };
      },
    };
  };
}

function pairOf(extent: Extent): [number, number] {
  return typeof extent === 'number' ? [extent, extent] : [...extent];
}

/** A layer that takes the upper left part of an image: [rows, …, …, channels] → [rows, height, width, channels]. */
export function crop(height: number, width: number): Layer {
  checkUnits(height, 'crop: height');
  checkUnits(width, 'crop: width');
  return ({ shape: [fullHeight, fullWidth, channels = 0] }) => ({
    shape: [height, width, channels],
    apply: (_state, _name, x) =>
      fullHeight === height && fullWidth === width
        ? x
        : slice(x, [0, 0, 0, 0], [x.shape[0] as number, height, width, channels]),
  });
}
