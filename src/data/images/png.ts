import { assertGiven } from '../../options/given.js';
import type { Image } from './image.js';
import { loadSharp } from './sharp.js';

/** An image as the bytes of a PNG file, which holds every pixel as it is. */
export async function encodePng(image: Image): Promise<Uint8Array> {
  assertGiven(image, 'image', 'an image');
  const { width, height, channels, pixels } = image;
  const sharp = await loadSharp();
  const raw = sharp(pixels, { raw: { width, height, channels } });
  return (channels === 1 ? raw.toColourspace('b-w') : raw).png().toBuffer();
}
