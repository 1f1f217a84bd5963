import type { Field, Vector } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { type Members, refuse } from '../json-checks.js';
import type { TensorEncoder } from '../tensor/encoder.js';
import { fitRanged, type RangedColumn, rangedFromJSON } from '../tensor/ranged.js';
import { type VideoLayout, videoLayout } from './layout.js';

/** What columns of videos look like, for messages. */
export const videoLooks =
  'Videos are tensors of shape [frames, height, width, channels], with 1 to 4 channels';

/**
 * Fits an encoder to a column of videos, whose smallest and largest number become −1 and 1.
 *
 * @throws SchemaError for a column without videos; DataError for videos that cannot be learned.
 */
export function fitVideo(field: Field, sample: Vector): TensorEncoder {
  const layout = videoLayout(field);
  if (layout) return fitRanged(columnOf(field, layout), sample, 'videos');
  throw new SchemaError(`column '${field.name}' holds no videos: ${field.type}. ${videoLooks}`);
}

/** Reads a saved encoder of videos. */
export function videoFromJSON(field: Field, members: Members): TensorEncoder {
  const layout = videoLayout(field);
  if (!layout) return refuse(field, 'does not fit the type', String(field.type));
  return rangedFromJSON(columnOf(field, layout), members);
}

function columnOf(field: Field, order: VideoLayout): RangedColumn {
  const { frames, height, width, channels } = order;
  return { kind: 'video', field, order, shape: [frames, height, width, channels] };
}
