import type { Field } from 'apache-arrow';
import { isSoundField } from '../../data/sounds/field.js';
import { logicalShape } from '../../data/tensor/permute.js';
import { orderOf, readableTensors, type TensorOrder } from '../tensor/layout.js';

/** Height and width of an image, and the numbers of a pixel. */
export interface ImageShape {
  /** Pixels. */
  readonly height: number;
  /** Pixels. */
  readonly width: number;
  /** Numbers of a pixel. */
  readonly channels: number;
}

/** How the images of a tensor column lie in memory. */
export interface ImageLayout extends ImageShape, TensorOrder {}

/** Numbers of a pixel that images are known to have. */
const channelCounts: readonly number[] = [1, 2, 3, 4];

/**
 * How a column's tensors are images: [height, width], [height, width, channels] or [channels,
 * height, width], as they are meant, with 1 to 4 channels. Undefined if they are none, or are sounds.
 */
export function imageLayout(field: Field): ImageLayout | undefined {
  const type = readableTensors(field);
  // [samples, channels] looks like an image, but says a sample rate.
  if (!type || isSoundField(field)) return undefined;
  const shape = logicalShape(type);
  const axes = axesOf(shape);
  if (!axes) return undefined;
  const [height, width, channels] = axes.map((axis) =>
    axis === undefined ? 1 : (shape[axis] as number),
  ) as [number, number, number];
  const present = axes.filter((axis) => axis !== undefined);
  return { height, width, channels, ...orderOf(type, present) };
}

/**
 * The same with any number of channels, such as those of a satellite or one-hot labels: more than 4
 * are the last dimension.
 */
export function pixelLayout(field: Field): ImageLayout | undefined {
  const type = readableTensors(field);
  if (!type || isSoundField(field)) return undefined;
  const shape = logicalShape(type);
  const image = imageLayout(field);
  if (image || shape.length !== 3) return image;
  const [height = 0, width = 0, channels = 0] = shape;
  return { height, width, channels, ...orderOf(type, [0, 1, 2]) };
}

/** Places of height, width and channels in a shape. */
function axesOf(shape: readonly number[]): (number | undefined)[] | undefined {
  if (shape.length === 2) return [0, 1, undefined];
  if (shape.length !== 3) return undefined;
  if (channelCounts.includes(shape[2] as number)) return [0, 1, 2];
  return channelCounts.includes(shape[0] as number) ? [1, 2, 0] : undefined;
}
