import type { Metadata } from 'sharp';
import { FormatError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { about, required, type ShapeOf } from '../../options/option.js';
import { oneOf, wholeNumber } from '../../options/values.js';
import type { Channels, Image } from './image.js';
import { toPixels } from './pixels.js';
import type { Resize } from './resize.js';
import { loadSharp } from './sharp.js';

/** Formats of images that are read. */
const formats: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp']);

/** What decoded images are to be. */
export interface DecodeOptions {
  /** Default: grey stays 1, colour stays 3; with transparency 4. */
  readonly channels?: Channels | undefined;
  /** Default: as they are. */
  readonly resize?: Resize | undefined;
}

export const decodeShape: ShapeOf<DecodeOptions> = {
  channels: about('channels of the images', oneOf([1, 3, 4])),
  resize: about(
    'a size that images are brought to',
    object<Resize>({
      width: required(wholeNumber({ from: 1 })),
      height: required(wholeNumber({ from: 1 })),
      fit: oneOf(['cover', 'contain', 'fill']),
    }),
  ),
};

/** The options of `decodeImage`. */
export const decodeOptions = object<DecodeOptions>(decodeShape);

/**
 * The pixels of a PNG, JPEG or WebP file, turned as its EXIF orientation says.
 *
 * More than 8 bits a channel become 8; colours become sRGB; where transparency has no place, the
 * image is laid over black.
 *
 * @param name names the file in messages.
 * @throws FormatError if the bytes are in another format, cut short or damaged.
 */
export async function decodeImage(
  bytes: Uint8Array,
  name: string,
  options: DecodeOptions = {},
): Promise<Image> {
  checkOptions(decodeOptions, options);
  const { channels, resize } = options;
  const sharp = await loadSharp();
  try {
    const image = sharp(bytes, { failOn: 'error' });
    const metadata = await image.metadata();
    if (!formats.has(metadata.format)) throw new Error(`it is in the format ${metadata.format}`);
    const { pages = 1 } = metadata;
    if (pages > 1) throw new Error(`it is an animation of ${pages} frames, which is a clip`);
    const wanted = channels ?? naturalChannels(metadata);
    return await toPixels(image.autoOrient(), wanted, resize);
  } catch (cause) {
    const reason = (cause as Error).message.split('\n', 1)[0];
    throw new FormatError(
      `image cannot be decoded: ${name} (${reason}). Mend or remove the file, or convert it to PNG, JPEG or WebP`,
      { cause },
    );
  }
}

function naturalChannels({ channels, hasAlpha }: Metadata): Channels {
  if (hasAlpha) return 4;
  return channels === 1 ? 1 : 3;
}
