import {
  type backend_util,
  conv2d,
  conv2dTranspose,
  engine,
  type NamedAttrMap,
  pad,
  reshape,
  slice,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Gradients } from './gradient.js';

type Pair = number | [number, number];

interface Geometry {
  readonly strides: Pair;
  readonly pad: number | 'same' | 'valid' | backend_util.ExplicitPadding;
  readonly dilations?: Pair;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

// A convolution and its two gradients are linear in each of their operands, so the gradients of
// each are the other two. This closes the circle: derivatives of every order.

const forward = (x: Tensor, filter: Tensor, { strides, pad, dimRoundingMode }: Geometry) =>
  conv2d(x as Tensor4D, filter as Tensor4D, strides, pad, 'NHWC', 1, dimRoundingMode);

const byInput = (dy: Tensor, filter: Tensor, shape: number[], geometry: Geometry) =>
  conv2dTranspose(
    dy as Tensor4D,
    filter as Tensor4D,
    shape as Tensor4D['shape'],
    geometry.strides as [number, number],
    geometry.pad,
    geometry.dimRoundingMode,
  );

const byFilter = (x: Tensor, dy: Tensor, filterShape: number[], geometry: Geometry): Tensor =>
  engine().runKernel('Conv2DBackpropFilter', { x, dy }, {
    ...geometry,
    dataFormat: 'NHWC',
    filterShape,
  } as unknown as NamedAttrMap);

const geometryOf = (attributes: NamedAttrMap): Geometry => {
  const { strides, pad, dilations, dimRoundingMode } = attributes as unknown as Geometry;
  return {
    strides,
    pad,
    ...(dilations && { dilations }),
    ...(dimRoundingMode && { dimRoundingMode }),
  };
};

export const convolutionGradients: Gradients = {
  Conv2D: {
    inputsToSave: ['x', 'filter'],
    gradFunc: (slope, saved, attributes) => {
      const [x, filter] = saved as [Tensor, Tensor];
      const dy = slope as Tensor;
      const { dilations = 1, ...geometry } = geometryOf(attributes);
      const [down, across] = typeof dilations === 'number' ? [dilations, dilations] : dilations;
      // tfjs has no gradients with dilation. A dilated filter is a plain one with zeros between.
      const wide = spread(filter, down, across);
      return {
        x: () => byInput(dy, wide, x.shape, geometry),
        filter: () => gather(byFilter(x, dy, wide.shape, geometry), filter.shape, down, across),
      };
    },
  },
  Conv2DBackpropInput: {
    inputsToSave: ['dy', 'filter'],
    gradFunc: (slope, saved, attributes) => {
      const [dy, filter] = saved as [Tensor, Tensor];
      const geometry = geometryOf(attributes);
      return {
        dy: () => forward(slope as Tensor, filter, geometry),
        filter: () => byFilter(slope as Tensor, dy, filter.shape, geometry),
      };
    },
  },
  Conv2DBackpropFilter: {
    inputsToSave: ['x', 'dy'],
    gradFunc: (slope, saved, attributes) => {
      const [x, dy] = saved as [Tensor, Tensor];
      const geometry = geometryOf(attributes);
      return {
        x: () => byInput(dy, slope as Tensor, x.shape, geometry),
        dy: () => forward(x, slope as Tensor, geometry),
      };
    },
  },
};

/** A filter with zeros between its taps. */
function spread(filter: Tensor, down: number, across: number): Tensor {
  if (down === 1 && across === 1) return filter;
  const [height = 1, width = 1, inputs = 1, outputs = 1] = filter.shape;
  const apart = pad(reshape(filter, [height, 1, width, 1, inputs * outputs]), [
    [0, 0],
    [0, down - 1],
    [0, 0],
    [0, across - 1],
    [0, 0],
  ]);
  const whole = reshape(apart, [height * down, width * across, inputs, outputs]);
  return slice(whole, 0, [(height - 1) * down + 1, (width - 1) * across + 1, inputs, outputs]);
}

/** The taps that `spread` put apart. */
function gather(wide: Tensor, shape: number[], down: number, across: number): Tensor {
  if (down === 1 && across === 1) return wide;
  const [height = 1, width = 1, inputs = 1, outputs = 1] = shape;
  const whole = pad(wide, [
    [0, down - 1],
    [0, across - 1],
    [0, 0],
    [0, 0],
  ]);
  const apart = reshape(whole, [height, down, width, across, inputs * outputs]);
  return reshape(slice(apart, 0, [height, 1, width, 1, inputs * outputs]), shape);
}
