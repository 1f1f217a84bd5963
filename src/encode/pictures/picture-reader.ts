import type { Field, Vector } from 'apache-arrow';
import { fitImage } from '../image/image.js';
import { type ImageShape, imageLayout } from '../image/layout.js';
import { holdsSounds } from '../sound/layout.js';
import type { TensorRows } from '../tensor/encoder.js';
import { soundPictures } from './sound-pictures.js';

/** The rows of a tensor column as pictures that can be compared, pixel by pixel. */
export interface PictureReader {
  readonly shape: ImageShape;
  /** Pictures [height, width, channels] of numbers in about [−1, 1], of the rows that are not null. */
  read(vector: Vector): TensorRows;
}

/** Whether a column's rows can be looked at: images, and sounds that say their sample rate. */
export function holdsPictures(field: Field): boolean {
  return imageLayout(field) !== undefined || holdsSounds(field);
}

/**
 * How a column is looked at: images as they are, sounds by the energy in each band of frequencies.
 *
 * @param sample What is −1 and 1 is its smallest and largest number.
 * @throws DataError for a sample without tensors, or with numbers that are not finite.
 */
export function pictureReader(field: Field, sample: Vector): PictureReader {
  if (holdsSounds(field)) return soundPictures(field, sample);
  const encoder = fitImage(field, sample);
  const [height, width, channels] = encoder.shape as [number, number, number];
  return { shape: { height, width, channels }, read: encoder.read };
}
