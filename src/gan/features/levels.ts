import type { ImageShape } from '../../encode/image/layout.js';

/** Heights and widths of an image halved again and again. */
export interface Levels {
  /** How often it is halved. */
  readonly count: number;
  /** Height and width at the end: those of the image over 2^count, rounded up. */
  readonly height: number;
  readonly width: number;
}

/** Halves an image until its shorter side is at most 7: 28 → 14 → 7, 32 → 16 → 8 → 4, 64 → … → 4. */
export function levelsOf({ height, width }: ImageShape): Levels {
  let levels: Levels = { count: 0, height, width };
  while (Math.min(levels.height, levels.width) > 7) {
    levels = {
      count: levels.count + 1,
      height: Math.ceil(levels.height / 2),
      width: Math.ceil(levels.width / 2),
    };
  }
  return levels;
}

/** Channels of each level but the last, from the image to the smallest: 64, 128, … up to 512. */
export function channelsOf({ count }: Levels, widthMultiplier: number): number[] {
  return Array.from({ length: count }, (_, k) =>
    scaled(Math.min(64 * 2 ** k, 512), widthMultiplier),
  );
}

/** A width times a factor, and at least 1. */
export function scaled(width: number, widthMultiplier: number): number {
  return Math.max(Math.round(width * widthMultiplier), 1);
}
