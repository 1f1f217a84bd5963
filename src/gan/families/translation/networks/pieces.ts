import { mirrorPad, pad, slice, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { ImageShape } from '../../../../encode/image/layout.js';
import { normal } from '../../../../nn/initializers.js';
import type { BuiltLayer, Layer } from '../../../../nn/layer.js';
import {
  type ConvolutionOptions,
  convolution,
  transposedConvolution,
} from '../../../../nn/layers/convolution.js';
import { standardise } from '../../../../nn/layers/standardise.js';
import type { Network } from '../../../../nn/network.js';

/** Weights start as N(0, 0.02), as the authors have them. */
const initializer = normal(0.02);

/** `bias: false` before instance normalisation, which takes any bias out again. */
type Window = Pick<ConvolutionOptions, 'kernel' | 'stride' | 'padding' | 'bias'>;

/** A convolution whose weights start as N(0, 0.02). */
export const conv = (filters: number, window: Window): Layer =>
  convolution(filters, { ...window, initializer });

/** A transposed one. */
export const upConv = (filters: number, window: Window): Layer =>
  transposedConvolution(filters, { ...window, initializer });

/**
 * Instance normalisation (Ulyanov et al. 2016) without scale and shift: each feature of each image by
 * its own pixels, so that what becomes of an image does not depend on its batch.
 */
export const instanceNorm: Layer = ({ shape }) => ({
  shape,
  apply: (_state, _name, x) => standardise(x, [1, 2]).y,
});

/** Zeros around an image: [rows, height, width, channels] → each side larger by 2 · `size`. */
export const zeroPad = (size: number): Layer =>
  padded(size, (x, paddings) => pad(x, paddings) as Tensor);

/** The image's own pixels around it, mirrored at its edge. */
export const mirrorEdges = (size: number): Layer =>
  padded(size, (x, paddings) => mirrorPad(x as Tensor4D, paddings, 'reflect'));

type Paddings = [number, number][];

const padded =
  (size: number, around: (x: Tensor, paddings: Paddings) => Tensor): Layer =>
  ({ shape: [height = 0, width = 0, channels = 0] }) => ({
    shape: [height + 2 * size, width + 2 * size, channels],
    apply: (_state, _name, x) =>
      around(x, [
        [0, 0],
        [size, size],
        [size, size],
        [0, 0],
      ]),
  });

/** What a layer gives, where it has no running statistics. */
export function run(
  layer: BuiltLayer,
  state: Parameters<BuiltLayer['apply']>[0],
  name: string,
  x: Tensor,
): Tensor {
  const made = layer.apply(state, name, x, { training: true });
  return 'y' in made ? made.y : made;
}

/**
 * A network for images of a size that it does not divide: they are mirrored at their edges up to the
 * next multiple, and what it makes is cut to their size.
 */
export function forAnySize(
  { height, width }: Pick<ImageShape, 'height' | 'width'>,
  multiple: number,
  create: (size: { readonly height: number; readonly width: number }) => Network,
): Network {
  const [down, across] = [missing(height, multiple), missing(width, multiple)];
  const network = create({ height: height + down, width: width + across });
  if (down + across === 0) return network;
  const [top, left] = [down >> 1, across >> 1];
  return {
    ...network,
    apply(state, x, options) {
      const around: Paddings = [
        [0, 0],
        [top, down - top],
        [left, across - left],
        [0, 0],
      ];
      const made = network.apply(state, mirrorPad(x as Tensor4D, around, 'reflect'), options);
      const [rows = 0, , , channels = 0] = made.y.shape;
      return { ...made, y: slice(made.y, [0, top, left, 0], [rows, height, width, channels]) };
    },
  };
}

/** What a length lacks to be a multiple. */
function missing(length: number, multiple: number): number {
  return (multiple - (length % multiple)) % multiple;
}
