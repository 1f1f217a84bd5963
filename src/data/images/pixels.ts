import type { Sharp } from 'sharp';
import type { Channels, Image } from './image.js';
import type { Resize } from './resize.js';

/** An opened image in some channels and another size; of an animation, its frames below each other. */
export async function toPixels(image: Sharp, channels: Channels, resize?: Resize): Promise<Image> {
  const sized = resize
    ? image.resize(resize.width, resize.height, {
        fit: resize.fit ?? 'cover',
        background: { r: 0, g: 0, b: 0, alpha: 1 },
      })
    : image;
  const { data, info } = await withChannels(sized, channels)
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels, pixels: data };
}

function withChannels(image: Sharp, channels: Channels): Sharp {
  if (channels === 4) return image.toColourspace('srgb').ensureAlpha();
  return image.flatten({ background: 'black' }).toColourspace(channels === 1 ? 'b-w' : 'srgb');
}
