import { backend_util } from '@tensorflow/tfjs-core';
import { ComputeError } from '../errors.js';

/**
 * Along one axis of an image: for each place of the result what it reads, tap by tap. What is
 * outside the image is undefined; it reads as zero.
 */
export type Axis<Item = number> = readonly (readonly (Item | undefined)[])[];

/** How windows lie on an image, along one axis. */
export interface WindowAxis {
  /** Length of the image. */
  readonly size: number;
  /** Number of windows. */
  readonly windows: number;
  /** Elements of a window, `dilation` apart. */
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding before the image. */
  readonly before: number;
}

/** Windows of a filter or a pool on a batch of images, channels last. */
export interface Windows {
  readonly batch: number;
  readonly vertical: WindowAxis;
  readonly horizontal: WindowAxis;
}

type Pair = number | [number, number];
type Shape4D = [number, number, number, number];

/** What tfjs says about the geometry of a convolution or a pool. */
export interface WindowAttributes {
  readonly strides: Pair;
  readonly pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  readonly dilations?: Pair;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** @param filter [height, width] of a window. */
export function windowsOf(
  image: readonly number[],
  [height, width]: readonly number[],
  { strides, pad, dilations = 1, dataFormat = 'NHWC', dimRoundingMode }: WindowAttributes,
): Windows {
  if (dataFormat !== 'NHWC') {
    throw new ComputeError(
      `images must have their channels last: ${dataFormat} of shape [${image}]. Transpose them to NHWC`,
    );
  }
  const filter = [height, width, image[3], 1] as Shape4D;
  const shape = [...image] as Shape4D;
  const info = backend_util.computeConv2DInfo(
    shape,
    filter,
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  return {
    batch: info.batchSize,
    vertical: {
      size: info.inHeight,
      windows: info.outHeight,
      taps: info.filterHeight,
      stride: info.strideHeight,
      dilation: info.dilationHeight,
      before: info.padInfo.top,
    },
    horizontal: {
      size: info.inWidth,
      windows: info.outWidth,
      taps: info.filterWidth,
      stride: info.strideWidth,
      dilation: info.dilationWidth,
      before: info.padInfo.left,
    },
  };
}

/** What tfjs says about the geometry of a pool. */
export interface PoolAttributes extends Omit<WindowAttributes, 'dilations' | 'dataFormat'> {
  readonly filterSize: Pair;
}

export function poolWindowsOf(image: readonly number[], attributes: PoolAttributes): Windows {
  const { filterSize, ...geometry } = attributes;
  const filter = typeof filterSize === 'number' ? [filterSize, filterSize] : filterSize;
  return windowsOf(image, filter, geometry);
}

/** How many positions of the image each window covers; rows of windows follow one another. */
export function countsOfWindows({ vertical, horizontal }: Windows): number[] {
  const inside = (axis: WindowAxis) =>
    covered(axis).map((positions) => positions.filter((at) => at !== undefined).length);
  return inside(vertical).flatMap((down) => inside(horizontal).map((across) => down * across));
}

/** The image's positions that each window covers. */
export function covered({ size, windows, taps, stride, dilation, before }: WindowAxis): Axis {
  return list(windows, (window) =>
    list(taps, (tap) => within(window * stride + tap * dilation - before, size)),
  );
}

/** For each position of the image and each tap the window whose tap lies there. */
export function windowsUnder({ size, windows, taps, stride, dilation, before }: WindowAxis): Axis {
  return list(size, (position) =>
    list(taps, (tap) => {
      const start = position + before - tap * dilation;
      return start % stride === 0 ? within(start / stride, windows) : undefined;
    }),
  );
}

/** A tap of a window, and the number of the window or of the position that it lies on. */
export interface Cover {
  readonly at: number;
  readonly tap: number;
}

/** For each position of the image the windows over it; as many for each, undefined fills up. */
export function covering(axis: WindowAxis): Axis<Cover> {
  const covers = list(axis.size, (): Cover[] => []);
  covered(axis).forEach((positions, at) => {
    positions.forEach((position, tap) => {
      if (position !== undefined) covers[position]?.push({ at, tap });
    });
  });
  const most = Math.max(1, ...covers.map(({ length }) => length));
  return covers.map((found) => list(most, (k) => found[k]));
}

/**
 * The positions of an image that share a phase: they are `stride` apart, and the same taps of
 * windows lie on them.
 */
export interface Phase {
  readonly taps: readonly number[];
  /** For each position of the phase and each of its taps the window. */
  readonly windows: Axis;
}

/** The phases of an image without dilation, in the order of their first positions. */
export function phases({ size, windows, taps, stride, before }: WindowAxis): readonly Phase[] {
  return list(stride, (first) => {
    const tap = (first + before) % stride;
    const shift = Math.floor((first + before) / stride);
    const count = Math.max(0, Math.ceil((taps - tap) / stride));
    return {
      taps: list(count, (k) => tap + k * stride),
      windows: list(Math.ceil(size / stride), (place) =>
        list(count, (k) => within(place + shift - k, windows)),
      ),
    };
  });
}

/** The axis with everything in it changed. */
export function mapAxis<From, To>(
  axis: Axis<From>,
  change: (item: From, tap: number) => To,
): Axis<To> {
  return axis.map((items) =>
    items.map((item, tap) => (item === undefined ? undefined : change(item, tap))),
  );
}

function within(position: number, size: number): number | undefined {
  return position >= 0 && position < size ? position : undefined;
}

export function list<Item>(length: number, item: (k: number) => Item): Item[] {
  return Array.from({ length }, (_, k) => item(k));
}
