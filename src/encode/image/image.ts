import type { Field, Vector } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { type Members, refuse } from '../json-checks.js';
import type { TensorEncoder } from '../tensor/encoder.js';
import { fitRanged, type RangedColumn, rangedFromJSON } from '../tensor/ranged.js';
import { type ImageLayout, imageLayout, pixelLayout } from './layout.js';

/**
 * Fits an encoder to a column of images, whose smallest and largest number become −1 and 1.
 *
 * @throws SchemaError for a column without images; DataError for images that cannot be learned.
 */
export function fitImage(field: Field, sample: Vector): TensorEncoder {
  const layout = imageLayout(field);
  if (layout) return fitRanged(columnOf(field, layout), sample, 'images');
  throw new SchemaError(
    `column '${field.name}' holds no images: ${field.type}. Images are tensors of shape [height, ` +
      'width, channels], with 1 to 4 channels',
  );
}

/** The same of images with any number of channels. */
export function fitPixels(field: Field, sample: Vector): TensorEncoder {
  const layout = pixelLayout(field);
  if (layout) return fitRanged(columnOf(field, layout), sample, 'images');
  throw new SchemaError(
    `column '${field.name}' holds no images: ${field.type}. Images are tensors of shape [height, ` +
      'width] or [height, width, channels]',
  );
}

/** Reads a saved encoder of images. */
export function imageFromJSON(field: Field, members: Members): TensorEncoder {
  const layout = pixelLayout(field);
  if (!layout) return refuse(field, 'does not fit the type', String(field.type));
  return rangedFromJSON(columnOf(field, layout), members);
}

function columnOf(field: Field, order: ImageLayout): RangedColumn {
  return { kind: 'image', field, order, shape: [order.height, order.width, order.channels] };
}
