import type { DataType, Field, List } from 'apache-arrow';
import { describeType } from '../../data/schema/describe.js';
import { isNumberList, isSoundField } from '../../data/sounds/field.js';
import { type TensorElement, tensorElements } from '../../data/tensor/elements.js';
import { logicalShape } from '../../data/tensor/permute.js';
import { orderOf, readableTensors, type TensorOrder } from '../tensor/layout.js';

/** How the sounds of a column lie in memory: in tensors of one length, or in lists of unlike ones. */
export type SoundLayout = {
  readonly channels: number;
  readonly element: TensorElement;
} & (
  | { readonly kind: 'tensor'; readonly samples: number; readonly tensors: TensorOrder }
  | { readonly kind: 'list'; readonly list: List }
);

/** Channels that sounds are known to have. */
const mostChannels = 8;

/**
 * How a column holds sounds: tensors [samples], [samples, channels] or [channels, samples] with at
 * most 8 channels, or lists of numbers. Undefined if it can hold none.
 */
export function soundLayout(field: Field): SoundLayout | undefined {
  if (isNumberList(field.type)) {
    const element = elementOf(field.type.valueType);
    return element && { kind: 'list', list: field.type, channels: 1, element };
  }
  const type = readableTensors(field);
  if (!type) return undefined;
  const shape = logicalShape(type);
  const [first = 0, second = 1] = shape;
  if (shape.length > 2 || Math.min(first, second) > mostChannels) return undefined;
  // Of two dimensions the shorter one is channels.
  const swapped = shape.length === 2 && second > mostChannels;
  const axes = swapped ? [1, 0] : shape.map((_, axis) => axis);
  const [samples, channels] = swapped ? [second, first] : [first, second];
  return { kind: 'tensor', samples, channels, element: type.element, tensors: orderOf(type, axes) };
}

/** Whether a column says that it holds sounds, of a layout that is read. */
export function holdsSounds(field: Field): boolean {
  return isSoundField(field) && soundLayout(field) !== undefined;
}

function elementOf(type: DataType): TensorElement | undefined {
  return tensorElements.find((element) => element === describeType(type));
}
