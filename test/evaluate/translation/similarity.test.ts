import { describe, expect, it } from 'vitest';
import { meanSimilarity } from '../../../src/evaluate/translation/similarity.js';

const shape = { height: 2, width: 2, channels: 1 };

describe('meanSimilarity', () => {
  it('should be the mean over images, as a share of the range', () => {
    const truths = Float32Array.of(0, 0, 0, 0, 1, 1, 1, 1);
    const made = Float32Array.of(0.1, 0.1, 0.1, 0.1, 0.7, 0.7, 0.7, 0.7);

    const { l1, psnr } = meanSimilarity(made, truths, shape, 1);

    expect(l1).toBeCloseTo(0.2);
    expect(psnr).toBeCloseTo((20 + 20 * Math.log10(1 / 0.3)) / 2);
  });

  it('should leave images that are equal to their truth out of the ratio', () => {
    const truths = Float32Array.of(0, 0, 0, 0, 1, 1, 1, 1);
    const made = Float32Array.of(0, 0, 0, 0, 0.9, 0.9, 0.9, 0.9);

    expect(meanSimilarity(made, truths, shape, 1).psnr).toBeCloseTo(20);
    expect(meanSimilarity(truths, truths, shape, 1)).toEqual({ l1: 0, psnr: null, ssim: 1 });
  });
});
