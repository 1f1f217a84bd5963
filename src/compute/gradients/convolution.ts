import {
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  engine,
  type NamedAttrMap,
  type NamedTensorMap,
  pad,
  reshape,
  slice,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { WindowAttributes } from '../windows.js';
import type { Gradients } from './gradient.js';

type Geometry = Omit<WindowAttributes, 'dilations'>;

/** A convolution and its two gradients; kernels by name, for not all of them are public ops. */
interface Family {
  readonly kernels: readonly [forward: string, byInput: string, byFilter: string];
  forward(x: Tensor, filter: Tensor, geometry: Geometry): Tensor;
  byInput(dy: Tensor, filter: Tensor, inputShape: number[], geometry: Geometry): Tensor;
  byFilter(x: Tensor, dy: Tensor, filterShape: number[], geometry: Geometry): Tensor;
}

/**
 * All three are linear in each of their operands, so the gradients of each are the other two. This
 * closes the circle: derivatives of every order.
 */
function gradientsOf({ kernels, forward, byInput, byFilter }: Family): Gradients {
  return {
    [kernels[0]]: {
      inputsToSave: ['x', 'filter'],
      gradFunc: (slope, saved, attributes) => {
        const [x, filter] = saved as [Tensor, Tensor];
        const geometry = geometryOf(attributes);
        const { dilations = 1 } = attributes as unknown as WindowAttributes;
        const [down, across] = typeof dilations === 'number' ? [dilations, dilations] : dilations;
        // tfjs has no gradients with dilation. A dilated filter is a plain one with zeros between.
        const wide = spread(filter, down, across);
        return {
          x: () => byInput(slope as Tensor, wide, x.shape, geometry),
          filter: () =>
            gather(byFilter(x, slope as Tensor, wide.shape, geometry), filter.shape, down, across),
        };
      },
    },
    [kernels[1]]: {
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
    [kernels[2]]: {
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
}

const plain: Family = {
  kernels: ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'],
  forward: (x, filter, { strides, pad, dimRoundingMode }) =>
    conv2d(x as Tensor4D, filter as Tensor4D, strides, pad, 'NHWC', 1, dimRoundingMode),
  byInput: (dy, filter, inputShape, { strides, pad, dimRoundingMode }) =>
    conv2dTranspose(
      dy as Tensor4D,
      filter as Tensor4D,
      inputShape as Tensor4D['shape'],
      strides as [number, number],
      pad,
      dimRoundingMode,
    ),
  byFilter: (x, dy, filterShape, geometry) =>
    run('Conv2DBackpropFilter', { x, dy }, { ...geometry, dataFormat: 'NHWC', filterShape }),
};

const depthwise: Family = {
  kernels: [
    'DepthwiseConv2dNative',
    'DepthwiseConv2dNativeBackpropInput',
    'DepthwiseConv2dNativeBackpropFilter',
  ],
  forward: (x, filter, { strides, pad, dimRoundingMode }) =>
    depthwiseConv2d(x as Tensor4D, filter as Tensor4D, strides, pad, 'NHWC', 1, dimRoundingMode),
  byInput: depthwiseByInput,
  byFilter: (x, dy, filterShape, geometry) =>
    run(
      'DepthwiseConv2dNativeBackpropFilter',
      { x, dy },
      { ...geometry, dilations: 1, filterShape },
    ),
};

/** The gradient of a depthwise convolution by its input. */
export function depthwiseByInput(
  dy: Tensor,
  filter: Tensor,
  inputShape: number[],
  geometry: Geometry,
): Tensor {
  const attributes = { ...geometry, dilations: 1, inputShape };
  return run('DepthwiseConv2dNativeBackpropInput', { dy, filter }, attributes);
}

export const convolutionGradients: Gradients = { ...gradientsOf(plain), ...gradientsOf(depthwise) };

function run(kernel: string, inputs: NamedTensorMap, attributes: object): Tensor {
  return engine().runKernel(kernel, inputs, attributes as NamedAttrMap);
}

function geometryOf(attributes: NamedAttrMap): Geometry {
  const { strides, pad, dimRoundingMode } = attributes as unknown as Geometry;
  return { strides, pad, ...(dimRoundingMode && { dimRoundingMode }) };
}

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
