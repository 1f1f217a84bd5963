import type { Field } from 'apache-arrow';
import { logicalShape } from '../../data/tensor/permute.js';
import { isTensorField, type TensorType, tensorType } from '../../data/tensor/type.js';
import { GanAugmentError } from '../../errors.js';

/** Height and width of an image, and the numbers of a pixel. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** How the images of a tensor column lie in memory. */
export interface ImageLayout extends ImageShape {
  readonly type: TensorType;
  /**
   * Order of memory's dimensions that gives [height, width, channels]; undefined where they lie so
   * already.
   */
  readonly order: readonly number[] | undefined;
}

/** Numbers of a pixel that images are known to have. */
const channelCounts: readonly number[] = [1, 2, 3, 4];

/**
 * How a column's tensors are images: [height, width], [height, width, channels] or [channels,
 * height, width], as they are meant, with 1 to 4 channels. Undefined if they are none.
 */
export function imageLayout(field: Field): ImageLayout | undefined {
  const type = readableType(field);
  if (!type) return undefined;
  const shape = logicalShape(type);
  const axes = axesOf(shape);
  if (!axes) return undefined;
  const [height, width, channels] = axes.map((axis) =>
    axis === undefined ? 1 : (shape[axis] as number),
  ) as [number, number, number];
  const { permutation = shape.map((_, axis) => axis) } = type;
  const order = axes.flatMap((axis) => (axis === undefined ? [] : (permutation[axis] as number)));
  const lies = order.every((axis, place) => axis === place);
  return { height, width, channels, type, order: lies ? undefined : order };
}

function readableType(field: Field): TensorType | undefined {
  if (!isTensorField(field)) return undefined;
  try {
    return tensorType(field);
  } catch (error) {
    if (GanAugmentError.isInstance(error)) return undefined;
    throw error;
  }
}

/** Places of height, width and channels in a shape. */
function axesOf(shape: readonly number[]): (number | undefined)[] | undefined {
  if (shape.length === 2) return [0, 1, undefined];
  if (shape.length !== 3) return undefined;
  if (channelCounts.includes(shape[2] as number)) return [0, 1, 2];
  return channelCounts.includes(shape[0] as number) ? [1, 2, 0] : undefined;
}

/** The order that undoes another. */
export function inverseOrder(order: readonly number[]): number[] {
  return order.map((_, axis) => order.indexOf(axis));
}
