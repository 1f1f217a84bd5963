import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../../src/data/images/decode.js';
import { imageGrid } from '../../../src/data/images/grid.js';
import { encodePng } from '../../../src/data/images/png.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import { encodeWebp } from '../../../src/data/videos/encode.js';
import { FormatError, InvalidOptionError, SchemaError } from '../../../src/errors.js';
import { tensorBatch } from '../tensor/arbitrary-tensors.js';
import { arbitraryImage, plainImage } from './arbitrary-images.js';

const pngSignature = '89504e470d0a1a0a';
const noise = Uint8Array.from({ length: 32 * 32 * 3 }, (_, k) => (k * k * 31) % 251);
const noisy = { width: 32, height: 32, channels: 3, pixels: noise } as const;
const jpegOf = ({ width, height, channels, pixels }: typeof noisy) =>
  sharp(pixels, { raw: { width, height, channels } }).jpeg({ quality: 100 }).toBuffer();

describe('encodePng and decodeImage', () => {
  it('should keep every pixel', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryImage(), async (image) => {
        const bytes = await encodePng(image);

        const { pixels, ...rest } = await decodeImage(bytes, 'a.png');

        expect(Buffer.from(bytes).toString('hex', 0, 8)).toBe(pngSignature);
        expect({ ...rest, pixels: [...pixels] }).toEqual({ ...image, pixels: [...image.pixels] });
      }),
      { numRuns: 60 },
    );
  });

  it('should come close to a JPEG, and keep grey grey', async () => {
    const bytes = await jpegOf(plainImage(16, 16, [200, 100, 50]) as never);
    const grey = await sharp(bytes).toColourspace('b-w').jpeg().toBuffer();

    const [colour, plain] = [await decodeImage(bytes, 'a'), await decodeImage(grey, 'b')];

    const [red = 0, green = 0, blue = 0] = colour.pixels;
    expect(Math.abs(red - 200) + Math.abs(green - 100) + Math.abs(blue - 50)).toBeLessThan(6);
    expect(plain).toMatchObject({ width: 16, height: 16, channels: 1 });
    expect(plain.pixels).toHaveLength(256);
  });

  it('should give the channels that are asked for', async () => {
    const transparent = await encodePng(plainImage(2, 1, [200, 100, 50, 128]));
    const grey = await encodePng(plainImage(2, 1, [77]));
    const pixels = async (bytes: Uint8Array, channels: 1 | 3 | 4) => [
      ...(await decodeImage(bytes, 'a', { channels })).pixels,
    ];

    expect(await pixels(grey, 3)).toEqual([77, 77, 77, 77, 77, 77]);
    expect(await pixels(grey, 4)).toEqual([77, 77, 77, 255, 77, 77, 77, 255]);
    expect(await pixels(transparent, 4)).toEqual([200, 100, 50, 128, 200, 100, 50, 128]);
    expect(await pixels(transparent, 3)).toEqual([100, 50, 25, 100, 50, 25]);
    expect(await pixels(transparent, 1)).toHaveLength(2);
  });

  it('should turn 16 bits into 8, and an image upright', async () => {
    const deep = await sharp(Uint16Array.of(0, 257 * 99, 65535), {
      raw: { width: 3, height: 1, channels: 1 },
    })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    const lying = await sharp(await jpegOf(noisy))
      .resize(8, 4)
      .withMetadata({ orientation: 6 })
      .toBuffer();

    expect([...(await decodeImage(deep, 'deep')).pixels]).toEqual([0, 99, 255]);
    expect(await decodeImage(lying, 'lying')).toMatchObject({ width: 4, height: 8 });
  });

  it.each([
    ['cover', [9, 9, 9, 9]],
    ['contain', [0, 9, 9, 0]],
    ['fill', [9, 9, 9, 9]],
  ] as const)('should resize to %s', async (fit, firstRow) => {
    const bytes = await encodePng(plainImage(2, 4, [9]));

    const image = await decodeImage(bytes, 'a', { resize: { width: 4, height: 4, fit } });

    expect(image).toMatchObject({ width: 4, height: 4, channels: 1 });
    expect([...image.pixels.subarray(0, 4)]).toEqual(firstRow);
  });

  it('should read WebP, and send animations to the reader of clips', async () => {
    const webp = await sharp(await encodePng(noisy))
      .webp({ lossless: true })
      .toBuffer();
    const clip = { ...noisy, frames: 2, height: noisy.height / 2 };

    expect(await decodeImage(webp, 'a.webp')).toEqual({
      ...noisy,
      pixels: Buffer.from(noisy.pixels),
    });
    await expect(decodeImage(await encodeWebp(clip), 'a.webp')).rejects.toThrow(
      /animation of 2 frames/,
    );
  });

  it('should refuse what is broken, cut short or in another format, and name it', async () => {
    const png = await encodePng(noisy);
    const jpeg = await jpegOf(noisy);
    const damaged = Uint8Array.from(png, (byte, k) => (k === 200 ? byte ^ 4 : byte));
    const broken = [
      new Uint8Array(0),
      Buffer.from('hello'),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'),
      await sharp(png).tiff().toBuffer(),
      png.subarray(0, png.length / 2),
      jpeg.subarray(0, jpeg.length - 10),
      damaged,
    ];

    for (const bytes of broken) {
      const decoding = decodeImage(bytes, 'cats/1.png');

      await expect(decoding).rejects.toThrow(FormatError);
      await expect(decoding).rejects.toThrow(/cannot be decoded: cats\/1\.png \(.+\)/);
    }
  });
});

describe('imageGrid', () => {
  const tiles = (values: (number | null)[], type = {}) => {
    const tensors = values.map((value) => value && Uint8Array.of(value, value, value, value));
    const shape = { element: 'uint8', shape: [2, 2], nullable: true } as const;
    return readTensors(tensorBatch({ ...shape, ...type }, tensors as never), 'image');
  };

  it('should lay out images row by row, and leave a null one empty', () => {
    const grid = imageGrid(tiles([1, null, 3]), { columns: 2, gap: 1 });

    expect(grid).toMatchObject({ width: 5, height: 5, channels: 1 });
    // biome-ignore format: as it is seen
    expect([...grid.pixels]).toEqual([
      1, 1, 0, 0, 0,
      1, 1, 0, 0, 0,
      0, 0, 0, 0, 0,
      3, 3, 0, 0, 0,
      3, 3, 0, 0, 0,
    ]);
  });

  it('should be about square, of as many images as are wanted', () => {
    expect(imageGrid(tiles([1, 2, 3, 4, 5]), { gap: 0 })).toMatchObject({ width: 6, height: 4 });
    expect(imageGrid(tiles([1, 2, 3, 4, 5]), { gap: 0, images: 1 })).toMatchObject({ width: 2 });
    expect(imageGrid(tiles([]), { gap: 0 })).toMatchObject({ width: 2, height: 2 });
  });

  it('should scale numbers to bytes, clipped to their range', () => {
    const type = { element: 'float32', shape: [1, 4] } as const;
    const batch = tensorBatch(type, [Float32Array.of(-2, -1, 0, 1)]);
    const tensors = readTensors(batch, 'image');

    expect([...imageGrid(tensors, { range: [-1, 1] }).pixels]).toEqual([0, 0, 128, 255]);
    expect([...imageGrid(tensors).pixels]).toEqual([0, 0, 0, 255]);
  });

  it('should show planes of channels by their permutation', () => {
    const type = { element: 'uint8', shape: [3, 1, 2], permutation: [1, 2, 0] } as const;
    const tensors = readTensors(tensorBatch(type, [Uint8Array.of(1, 2, 3, 4, 5, 6)]), 'image');

    const grid = imageGrid(tensors);

    expect(grid).toMatchObject({ width: 2, height: 1, channels: 3 });
    expect([...grid.pixels]).toEqual([1, 3, 5, 2, 4, 6]);
  });

  it('should show each image where the PNG of the grid is cut', async () => {
    const images = fc.constantFrom(1 as const, 3 as const, 4 as const).chain((channels) =>
      fc.array(
        arbitraryImage({
          channels: fc.constant(channels),
          width: fc.constant(3),
          height: fc.constant(2),
        }),
        { minLength: 1, maxLength: 7 },
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        images,
        fc.integer({ min: 1, max: 4 }),
        fc.nat(3),
        async (all, columns, gap) => {
          const { height, width, channels } = all[0] as (typeof all)[0];
          const batch = tensorBatch(
            { element: 'uint8', shape: [height, width, channels] },
            all.map(({ pixels }) => pixels),
          );

          const png = await encodePng(imageGrid(readTensors(batch, 'image'), { columns, gap }));

          for (const [index, { pixels }] of all.entries()) {
            const left = (index % columns) * (width + gap);
            const top = Math.floor(index / columns) * (height + gap);
            const cut = await sharp(png).extract({ left, top, width, height }).png().toBuffer();
            expect([...(await decodeImage(cut, 'cut', { channels })).pixels]).toEqual([...pixels]);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('should refuse tensors that are no images, and options that cannot be', () => {
    const series = readTensors(tensorBatch({ element: 'int8', shape: [4] }, []), 'image');
    const image = tiles([1]);

    expect(() => imageGrid(series)).toThrow(SchemaError);
    expect(() => imageGrid(tiles([], { shape: [1, 1, 2] }))).toThrow(/uint8 of shape \[1,1,2\]/);
    for (const options of [{ columns: 0 }, { gap: -1 }, { images: 0.5 }, { range: [1, 1] }]) {
      expect(() => imageGrid(image, options as never)).toThrow(InvalidOptionError);
    }
  });
});

describe('files of synthetic pictures', () => {
  const madeBy = { model: 'ab12', recipe: 'dcgan-r1' };
  const image = plainImage(2, 1, [200, 100, 50]);

  it.each([
    ['PNG', () => encodePng({ ...image, madeBy })],
    ['WebP', () => encodeWebp({ ...image, frames: 1, madeBy })],
  ])('should say in %s that they are, and which model made them', async (_, encode) => {
    const bytes = await encode();

    const { xmpAsString } = await sharp(bytes).metadata();
    expect(xmpAsString).toContain('newscodes/digitalsourcetype/trainedAlgorithmicMedia"');
    expect(xmpAsString).toContain('Synthetic, recipe dcgan-r1, model ab12</rdf:li>');
    const { pixels } = await decodeImage(bytes, 'picture');
    expect(Uint8Array.from(pixels)).toEqual(image.pixels);
  });

  it('should say nothing of others', async () => {
    const { xmp } = await sharp(await encodePng(image)).metadata();

    expect(xmp).toBeUndefined();
  });
});
