import type { Field } from 'apache-arrow';
import { logicalShape } from '../../data/tensor/permute.js';
import type { ImageShape } from '../image/layout.js';
import { imageLayout } from '../image/layout.js';
import { orderOf, readableTensors, type TensorOrder } from '../tensor/layout.js';

/** Frames of a video, and what one of them is. */
export interface VideoShape extends ImageShape {
  readonly frames: number;
}

/** How the videos of a tensor column lie in memory. */
export interface VideoLayout extends VideoShape, TensorOrder {}

/** Numbers of a pixel that videos are known to have. */
const mostChannels = 4;

/**
 * How a column's tensors are videos: [frames, height, width, channels] or [frames, channels, height,
 * width], with 1 to 4 channels, or [frames, height, width] where that is no image. Undefined if they
 * are none.
 */
export function videoLayout(field: Field): VideoLayout | undefined {
  const type = readableTensors(field);
  if (!type || imageLayout(field)) return undefined;
  const shape = logicalShape(type);
  const axes = axesOf(shape);
  if (!axes) return undefined;
  const [frames, height, width] = axes.map((axis) => shape[axis] as number) as [
    number,
    number,
    number,
  ];
  const channels = axes[3] === undefined ? 1 : (shape[axes[3]] as number);
  return { frames, height, width, channels, ...orderOf(type, axes) };
}

/** Places of frames, height, width and, unless there is but one, channels in a shape. */
function axesOf(shape: readonly number[]): readonly number[] | undefined {
  if (shape.length === 3) return [0, 1, 2];
  if (shape.length !== 4) return undefined;
  if ((shape[3] as number) <= mostChannels) return [0, 1, 2, 3];
  return (shape[1] as number) <= mostChannels ? [0, 2, 3, 1] : undefined;
}
