import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thumbnailsOf } from '../../../src/encode/image/thumbnail.js';

const edge = fc.integer({ min: 1, max: 40 });
const shapes = fc.record({
  height: edge,
  width: edge,
  channels: fc.integer({ min: 1, max: 4 }),
});

describe('thumbnailsOf', () => {
  it('should average patches that hold every pixel once', () => {
    const thumbnails = thumbnailsOf({ height: 9, width: 2, channels: 1 });
    const pixels = Float32Array.from({ length: 18 }, (_, k) => k);
    const target = new Float64Array(thumbnails.size + 1);

    thumbnails.write(pixels, 0, target, 1);

    expect(thumbnails.size).toBe(16);
    // Of nine rows the last two are one patch.
    expect([...target]).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16]);
  });

  it('should be of the colour of an image of one colour, of any shape', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 255 }), (shape, colour) => {
        const { size, write } = thumbnailsOf(shape);
        const count = shape.height * shape.width * shape.channels;
        const target = new Float64Array(size);

        write(new Uint8Array(2 * count).fill(colour, count), count, target, 0);

        expect(size).toBeLessThanOrEqual(64 * shape.channels);
        expect(new Set(target)).toEqual(new Set([colour]));
      }),
    );
  });
});
