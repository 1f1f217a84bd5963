import type { Data, Field, Vector } from 'apache-arrow';
import { makeTensorColumn } from '../../data/tensor/make.js';
import { DataError, SchemaError } from '../../errors.js';
import type { ColumnEncoder } from '../encoder.js';
import { type Members, refuse } from '../json-checks.js';
import { type ImageLayout, type ImageShape, imageLayout } from './layout.js';
import {
  type Images,
  type PixelRange,
  rangeOf,
  readImages,
  scalePixels,
  unscalePixels,
} from './pixels.js';

/**
 * A column of images, and back. It has no spans: an image is no part of a row of numbers, but a
 * tensor [height, width, channels] of numbers in [−1, 1] for itself.
 */
export interface ImageEncoder extends ColumnEncoder {
  readonly kind: 'image';
  readonly shape: ImageShape;
  /** The images of a column, in its own numbers, without null ones. */
  read(vector: Vector): Images;
  /** Image `index` of them as numbers in [−1, 1], into `target` from place `to`. */
  fill(images: Images, index: number, target: Float32Array, to: number): void;
  /** Images [rows, height, width, channels] of numbers in [−1, 1] → a column of the column's type. */
  write(pixels: Float32Array): Data;
}

/** Whether an encoder is one of images. */
export function isImageEncoder(encoder: ColumnEncoder): encoder is ImageEncoder {
  return encoder.kind === 'image';
}

/**
 * Fits an encoder to a column of images. What is encoded and decoded is the same number for integers
 * of up to 16 bits, and else within the rounding of float32.
 *
 * The smallest and largest number of the sample become −1 and 1: decoded images are within them.
 */
export function fitImage(field: Field, sample: Vector): ImageEncoder {
  const layout = imageLayout(field);
  if (!layout) {
    throw new SchemaError(
      `column '${field.name}' holds no images: ${field.type}. Images are tensors of shape [height, ` +
        'width, channels], with 1 to 4 channels',
    );
  }
  const range = rangeOf(readImages(layout, sample).values);
  if (!range) {
    throw new DataError(
      `column '${field.name}' has images that cannot be learned: all of them are null, or a number ` +
        'in one is not finite. Leave such rows out',
    );
  }
  return imageEncoder(field, layout, range);
}

function imageEncoder(field: Field, layout: ImageLayout, range: PixelRange): ImageEncoder {
  const { height, width, channels } = layout;
  const size = height * width * channels;
  const write = (pixels: Float32Array) =>
    makeTensorColumn(field, unscalePixels(layout, range, pixels));
  return {
    kind: 'image',
    spans: [],
    shape: { height, width, channels },
    read: (vector) => readImages(layout, vector),
    fill: ({ values }, index, target, to) =>
      scalePixels(range, values, index * size, size, target, to),
    write,
    encode: () => [],
    decode: (_, rows) => write(new Float32Array(rows * size)),
    toJSON: () => ({ kind: 'image', ...range }),
  };
}

/** Reads a saved encoder of images. */
export function imageFromJSON(field: Field, { minimum, maximum }: Members): ImageEncoder {
  const layout = imageLayout(field);
  if (!layout) return refuse(field, 'does not fit the type', String(field.type));
  const isRange =
    Number.isFinite(minimum) &&
    Number.isFinite(maximum) &&
    (minimum as number) <= (maximum as number);
  if (!isRange) return refuse(field, 'has bad bounds', [minimum, maximum]);
  return imageEncoder(field, layout, { minimum, maximum } as PixelRange);
}
