import type { Field, Vector } from 'apache-arrow';
import { fitPixels } from '../../../encode/image/image.js';
import { fitLabelMap, holdsLabelMaps } from '../../../encode/image/label-map.js';
import type { ImageShape } from '../../../encode/image/layout.js';
import type { ColumnOptions } from '../../../encode/infer.js';
import type { TensorEncoder } from '../../../encode/tensor/encoder.js';
import { SchemaError } from '../../../errors.js';

/**
 * Fits an encoder to a column of images: whole numbers of few values, one a pixel, are labels, each
 * with a channel of its own; others are numbers in their own range. The column's `kind` may say which:
 * 'categorical' or 'continuous'.
 *
 * @throws SchemaError for other columns, and for another kind; DataError for images that cannot be
 * learned.
 */
export function fitTensors(
  field: Field,
  sample: Vector,
  { kind }: ColumnOptions = {},
): TensorEncoder {
  if (kind === 'categorical') return fitLabelMap(field, sample);
  if (kind !== undefined && kind !== 'continuous') {
    throw new SchemaError(
      `column '${field.name}' cannot be translated as '${kind}'. Possible: categorical for maps of ` +
        'labels, continuous',
    );
  }
  return kind === undefined && holdsLabelMaps(field, sample)
    ? fitLabelMap(field, sample)
    : fitPixels(field, sample);
}

/** The shape of an encoder's images. */
export function imageShapeOf({ shape }: Pick<TensorEncoder, 'shape'>): ImageShape {
  const [height = 0, width = 0, channels = 0] = shape;
  return { height, width, channels };
}
