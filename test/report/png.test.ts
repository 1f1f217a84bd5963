import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pngOf } from '../../src/report/png.js';
import { caseCount } from '../support/cases.js';

describe('pngOf', () => {
  it('should be read by another library as it was, in grey and in colour', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          height: fc.integer({ min: 1, max: 9 }),
          width: fc.integer({ min: 1, max: 9 }),
          channels: fc.constantFrom(1 as const, 3 as const),
          seed: fc.nat(255),
        }),
        async ({ seed, ...shape }) => {
          const { height, width, channels } = shape;
          const pixels = Uint8Array.from(
            { length: height * width * channels },
            (_, k) => (k * 37 + seed) % 256,
          );

          const { data, info } = await sharp(pngOf(pixels, shape))
            .toColourspace(channels === 1 ? 'b-w' : 'srgb')
            .raw()
            .toBuffer({ resolveWithObject: true });

          expect([info.height, info.width]).toEqual([height, width]);
          expect([...data]).toEqual([...pixels]);
        },
      ),
      { numRuns: caseCount(20, 300) },
    );
  });
});
