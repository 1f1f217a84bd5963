import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rows } from '../../../src/columns/column.js';
import { drawPictures } from '../../../src/evaluate/illustrations/drawn-pictures.js';
import { createRandom } from '../../../src/random.js';
import { caseCount } from '../../support/cases.js';

/** Rows of pictures of one number in [−1, 1] each. */
function plainRows(values: readonly number[], shape = { height: 4, width: 6, channels: 1 }): Rows {
  const fill = (row: number, target: Float32Array, to: number) =>
    target.fill(
      values[row] as number,
      to,
      to + shape.height * shape.width * shape.channels,
    ) as unknown as undefined;
  return { length: values.length, columns: [], images: { name: 'image', shape, fill } };
}

describe('drawPictures', () => {
  it('should find the nearest real picture of each synthetic one, and say how far it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 2, maxLength: 30 }),
        fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 8 }),
        (own, made) => {
          const [real, synthetic] = [own, made].map((values) => values.map((value) => value / 4));

          const drawn = drawPictures(
            plainRows(real as number[]),
            plainRows(synthetic as number[]),
            false,
            createRandom(1),
          );

          expect(drawn?.pairs.length).toBe(made.length);
          drawn?.pairs.forEach(({ distance }, k) => {
            const away = (real as number[]).map((value) =>
              Math.abs(value - (synthetic?.[k] as number)),
            );
            expect(distance).toBeCloseTo(Math.min(...away) / 2, 3);
          });
        },
      ),
      { numRuns: caseCount(50, 500) },
    );
  });

  it('should hold bytes from black to white, and the distance of real ones to each other', () => {
    const drawn = drawPictures(plainRows([-1, 0, 1]), plainRows([1]), false, createRandom(1));

    const { pairs, height, width, realDistance } = drawn ?? {};
    expect([height, width, realDistance]).toEqual([4, 6, 0.5]);
    expect(Buffer.from(pairs?.[0]?.nearest ?? '', 'base64')).toEqual(Buffer.alloc(24, 255));
  });

  it('should show fewer pixels of large pictures, three channels of four, and sounds turned', () => {
    const large = plainRows([0, 1], { height: 200, width: 100, channels: 4 });
    const sounds = plainRows([0, 1], { height: 20, width: 40, channels: 1 });

    const images = drawPictures(large, large, false, createRandom(1));
    const heard = drawPictures(sounds, sounds, true, createRandom(1));

    expect([images?.height, images?.width, images?.channels]).toEqual([67, 34, 3]);
    expect(Buffer.from(images?.pairs[0]?.synthetic ?? '', 'base64').length).toBe(67 * 34 * 3);
    expect([heard?.height, heard?.width, heard?.isSound]).toEqual([40, 20, true]);
  });

  it('should draw nothing where there are no pictures', () => {
    const none = { length: 3, columns: [] };

    expect(drawPictures(none, none, false, createRandom(1))).toBeNull();
  });
});
