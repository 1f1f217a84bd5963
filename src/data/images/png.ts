import type { Image } from './image.js';
import { loadSharp } from './sharp.js';

/** An image as the bytes of a PNG file, which holds every pixel as it is. */
export async function encodePng({ width, height, channels, pixels }: Image): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const image = sharp(pixels, { raw: { width, height, channels } });
  return (channels === 1 ? image.toColourspace('b-w') : image).png().toBuffer();
}
