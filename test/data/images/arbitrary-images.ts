import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { Channels, Image } from '../../../src/data/images/image.js';
import { encodePng } from '../../../src/data/images/png.js';

/** Random pixels, each a random number. */
export function arbitraryImage({
  channels = fc.constantFrom<Channels[]>(1, 3, 4),
  width = fc.integer({ min: 1, max: 9 }),
  height = fc.integer({ min: 1, max: 9 }),
} = {}): fc.Arbitrary<Image> {
  return fc.tuple(channels, width, height).chain(([channels, width, height]) => {
    const length = channels * width * height;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((pixels) => ({ width, height, channels, pixels }));
  });
}

/** An image of one colour. */
export function plainImage(width: number, height: number, colour: readonly number[]): Image {
  const pixels = Uint8Array.from({ length: width * height * colour.length }, (_, k) => {
    return colour[k % colour.length] as number;
  });
  return { width, height, channels: colour.length as Channels, pixels };
}

/** Writes images as PNG files, by their paths below a folder. */
export async function writeImages(folder: string, images: Readonly<Record<string, Image>>) {
  for (const [name, image] of Object.entries(images)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await encodePng(image));
  }
}
