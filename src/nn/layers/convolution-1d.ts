import { reshape, slice, Tensor } from '@tensorflow/tfjs-core';
import { assertGiven } from '../../options/given.js';
import type { Layer } from '../layer.js';
import { type ConvolutionOptions, convolution, transposedConvolution } from './convolution.js';
import { checkUnits } from './weight-options.js';

/** How a convolution goes over a line [length, channels]. */
export interface Convolution1dOptions extends Omit<ConvolutionOptions, 'kernel' | 'stride'> {
  /** Length of what is seen at once. */
  readonly kernel: number;
  /** Default 1. */
  readonly stride?: number | undefined;
}

/** A 1-D convolution: [rows, length, channels] → [rows, ⌈length / stride⌉, filters]. */
export function convolution1d(filters: number, options: Convolution1dOptions): Layer {
  assertGiven(options, 'convolution1d: options', 'an object of options');
  return onOneLine(convolution(filters, asImage(options)));
}

/** The transpose of a 1-D convolution: [rows, length, channels] → [rows, length · stride, filters]. */
export function transposedConvolution1d(filters: number, options: Convolution1dOptions): Layer {
  assertGiven(options, 'transposedConvolution1d: options', 'an object of options');
  return onOneLine(transposedConvolution(filters, asImage(options)));
}

/** The first `length` places of a line: [rows, …, channels] → [rows, length, channels]. */
export function crop1d(length: number): Layer {
  checkUnits(length, 'crop1d: length');
  return ({ shape: [full, channels = 0] }) => ({
    shape: [length, channels],
    apply: (_state, _name, x) =>
      full === length ? x : slice(x, [0, 0, 0], [x.shape[0] as number, length, channels]),
  });
}

const asImage = ({ kernel, stride = 1, ...rest }: Convolution1dOptions): ConvolutionOptions => ({
  ...rest,
  kernel: [1, kernel],
  stride: [1, stride],
});

/** A layer of images of one line, for lines: a reshape costs nothing. */
function onOneLine(layer: Layer): Layer {
  return (place) => {
    const [length = 0, channels = 0] = place.shape;
    const inner = layer({ ...place, shape: [1, length, channels] });
    const shape = inner.shape.slice(1);
    return {
      ...inner,
      shape,
      apply(state, name, x, use) {
        const rows = x.shape[0] as number;
        const made = inner.apply(state, name, reshape(x, [rows, 1, length, channels]), use);
        const flat = (y: Tensor) => reshape(y, [rows, ...shape]);
        return made instanceof Tensor ? flat(made) : { ...made, y: flat(made.y) };
      },
    };
  };
}
