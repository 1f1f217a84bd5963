import { FormatError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { type DecodeOptions, decodeOptions } from '../images/decode.js';
import { toPixels } from '../images/pixels.js';
import { loadSharp } from '../images/sharp.js';
import type { Clip } from './clip.js';

/**
 * The frames of an animated GIF or WebP file; a still one has one frame. Transparency is laid over
 * black, unless 4 channels are wanted.
 *
 * @param name names the file in messages.
 * @throws FormatError if the bytes are in another format, cut short or damaged.
 */
export async function decodeAnimation(
  bytes: Uint8Array,
  name: string,
  options: DecodeOptions = {},
): Promise<Clip> {
  checkOptions(decodeOptions, options);
  const sharp = await loadSharp();
  try {
    const image = sharp(bytes, { failOn: 'error', animated: true });
    const { format, pages = 1, channels = 3 } = await image.metadata();
    if (format !== 'gif' && format !== 'webp') throw new Error(`it is in the format ${format}`);
    const { height, ...frame } = await toPixels(
      image,
      options.channels ?? (channels > 2 ? 3 : 1),
      options.resize,
    );
    return { ...frame, frames: pages, height: height / pages };
  } catch (cause) {
    const reason = (cause as Error).message.split('\n', 1)[0];
    throw new FormatError(
      `clip cannot be decoded: ${name} (${reason}). Mend or remove the file, or convert it to ` +
        'animated GIF or WebP',
      { cause },
    );
  }
}

/** Frames of one size, one after the other. */
export function joinFrames(images: readonly Omit<Clip, 'frames'>[]): Clip {
  const [first] = images as [Omit<Clip, 'frames'>];
  const size = first.pixels.length;
  const pixels = new Uint8Array(images.length * size);
  for (const [frame, image] of images.entries()) pixels.set(image.pixels, frame * size);
  const { width, height, channels } = first;
  return { frames: images.length, width, height, channels, pixels };
}
