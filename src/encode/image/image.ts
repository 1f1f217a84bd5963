import type { Field, Vector } from 'apache-arrow';
import { makeTensorColumn } from '../../data/tensor/make.js';
import { DataError, SchemaError } from '../../errors.js';
import { type Members, refuse } from '../json-checks.js';
import type { TensorEncoder } from '../tensor/encoder.js';
import {
  type NumberRange,
  rangeOf,
  readOwnNumbers,
  scaleNumbers,
  unscaleNumbers,
} from '../tensor/numbers.js';
import { type ImageLayout, imageLayout } from './layout.js';

/**
 * Fits an encoder to a column of images. What is encoded and decoded is the same number for integers
 * of up to 16 bits, and else within the rounding of float32.
 *
 * The smallest and largest number of the sample become −1 and 1: decoded images are within them.
 */
export function fitImage(field: Field, sample: Vector): TensorEncoder {
  const layout = imageLayout(field);
  if (!layout) {
    throw new SchemaError(
      `column '${field.name}' holds no images: ${field.type}. Images are tensors of shape [height, ` +
        'width, channels], with 1 to 4 channels',
    );
  }
  const range = rangeOf(readOwnNumbers(layout, sample).values);
  if (!range) {
    throw new DataError(
      `column '${field.name}' has images that cannot be learned: all of them are null, or a number ` +
        'in one is not finite. Leave such rows out',
    );
  }
  return imageEncoder(field, layout, range);
}

function imageEncoder(field: Field, layout: ImageLayout, range: NumberRange): TensorEncoder {
  const { height, width, channels } = layout;
  const size = height * width * channels;
  const write = (pixels: Float32Array) =>
    makeTensorColumn(field, unscaleNumbers(layout, range, pixels));
  return {
    kind: 'image',
    spans: [],
    shape: [height, width, channels],
    read(vector) {
      const { rows, values } = readOwnNumbers(layout, vector);
      return {
        rows,
        fill: (index, target, to) => scaleNumbers(range, values, index * size, size, target, to),
      };
    },
    write,
    encode: () => [],
    decode: (_, rows) => write(new Float32Array(rows * size)),
    toJSON: () => ({ kind: 'image', ...range }),
  };
}

/** Reads a saved encoder of images. */
export function imageFromJSON(field: Field, { minimum, maximum }: Members): TensorEncoder {
  const layout = imageLayout(field);
  if (!layout) return refuse(field, 'does not fit the type', String(field.type));
  const isRange =
    Number.isFinite(minimum) &&
    Number.isFinite(maximum) &&
    (minimum as number) <= (maximum as number);
  if (!isRange) return refuse(field, 'has bad bounds', [minimum, maximum]);
  return imageEncoder(field, layout, { minimum, maximum } as NumberRange);
}
