import { assertGiven } from '../../options/given.js';
import type { Image } from './image.js';
import { syntheticXmp } from './made-by.js';
import { loadSharp } from './sharp.js';

/**
 * An image as the bytes of a PNG file, which holds every pixel as it is. Of a synthetic image its XMP says
 * so, by IPTC's digital source type, and which model made it.
 */
export async function encodePng(image: Image): Promise<Uint8Array> {
  assertGiven(image, 'image', 'an image');
  const { width, height, channels, pixels, madeBy } = image;
  const sharp = await loadSharp();
  const raw = sharp(pixels, { raw: { width, height, channels } });
  const png = (channels === 1 ? raw.toColourspace('b-w') : raw).png();
  return (madeBy ? png.withXmp(syntheticXmp(madeBy)) : png).toBuffer();
}
