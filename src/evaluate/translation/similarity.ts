import { meanOf } from '../../columns/statistics.js';
import { imageSimilarity } from '../../data/images/similarity.js';
import type { ImageShape } from '../../encode/image/layout.js';

/** How near images come to what they should have been, pixel by pixel: means over the images. */
export interface Similarity {
  /** Mean absolute difference, as a share of the range of numbers: 0 for equal images. */
  readonly l1: number;
  /** Peak signal-to-noise ratio in decibels; `null` where each image is equal to its truth. */
  readonly psnr: number | null;
  /** Structural similarity (Wang et al. 2004), at most 1. */
  readonly ssim: number;
}

/**
 * Holds images [count, height, width, channels] against as many truths.
 *
 * @param range What the largest number of such images is above the smallest.
 */
export function meanSimilarity(
  made: ArrayLike<number> & Sliceable,
  truths: ArrayLike<number> & Sliceable,
  shape: ImageShape,
  range: number,
): Similarity {
  const size = shape.height * shape.width * shape.channels;
  const all = Array.from({ length: made.length / size }, (_, k) => {
    const part = (images: Sliceable) => images.subarray(k * size, (k + 1) * size);
    return imageSimilarity(part(made), part(truths), shape, range);
  });
  return {
    l1: meanOf(all.map(({ l1 }) => l1)) ?? 0,
    // An image that is equal to its truth has no ratio.
    psnr: meanOf(all.flatMap(({ psnr }) => (Number.isFinite(psnr) ? [psnr] : []))),
    ssim: meanOf(all.map(({ ssim }) => ssim)) ?? 1,
  };
}

interface Sliceable {
  subarray(start: number, end: number): ArrayLike<number>;
}
