import { FormatError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { toPixels } from '../images/pixels.js';
import { loadSharp } from '../images/sharp.js';
import type { Clip } from './clip.js';
import { type DecodeAnimationOptions, decodeAnimationOptions } from './options.js';

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
  options: DecodeAnimationOptions = {},
): Promise<Clip> {
  checkOptions(decodeAnimationOptions, options);
  const sharp = await loadSharp();
  try {
    const image = sharp(bytes, { failOn: 'error', animated: true });
    const { format, pages = 1, channels = 3, delay = [] } = await image.metadata();
    if (format !== 'gif' && format !== 'webp') throw new Error(`it is in the format ${format}`);
    const { height, ...frame } = await toPixels(
      image,
      options.channels ?? (channels > 2 ? 3 : 1),
      options.resize,
    );
    const clip = { ...frame, frames: pages, height: height / pages };
    return options.rate === undefined ? clip : atRate(clip, delay, options.rate);
  } catch (cause) {
    const reason = (cause as Error).message.split('\n', 1)[0];
    throw new FormatError(
      `clip cannot be decoded: ${name} (${reason}). Mend or remove the file, or convert it to ` +
        'animated GIF or WebP',
      { cause },
    );
  }
}

/**
 * The frames that are seen at equal times, `rate` a second.
 *
 * @param delays Milliseconds that each frame is shown.
 */
function atRate(clip: Clip, delays: readonly number[], rate: number): Clip {
  const ends: number[] = [];
  for (let frame = 0; frame < clip.frames; frame++) {
    ends.push((ends.at(-1) ?? 0) + (delays[frame] ?? 1000 / rate));
  }
  const frames = Math.max(1, Math.round(((ends.at(-1) as number) * rate) / 1000));
  const size = clip.pixels.length / clip.frames;
  const pixels = new Uint8Array(frames * size);
  for (let frame = 0; frame < frames; frame++) {
    const seen = ends.findIndex((end) => end > ((frame + 0.5) * 1000) / rate);
    const start = (seen < 0 ? clip.frames - 1 : seen) * size;
    pixels.set(clip.pixels.subarray(start, start + size), frame * size);
  }
  return { ...clip, frames, pixels };
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
