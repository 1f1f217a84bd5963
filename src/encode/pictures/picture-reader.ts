import type { Field, Vector } from 'apache-arrow';
import { fitImage } from '../image/image.js';
import { imageLayout } from '../image/layout.js';
import { holdsSounds } from '../sound/layout.js';
import type { PictureReader } from './pictures.js';
import { soundPictures } from './sound-pictures.js';

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
