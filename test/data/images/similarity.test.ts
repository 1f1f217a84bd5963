import { describe, expect, it } from 'vitest';
import { imageSimilarity } from '../../../src/data/images/similarity.js';

const size = { height: 16, width: 12, channels: 3 };
const ramp = Float32Array.from({ length: 16 * 12 * 3 }, (_, k) => (k % 36) / 36);

describe('imageSimilarity', () => {
  it('should find an image equal to itself', () => {
    expect(imageSimilarity(ramp, ramp, size, 1)).toEqual({
      l1: 0,
      psnr: Number.POSITIVE_INFINITY,
      ssim: expect.closeTo(1, 12),
    });
  });

  it('should measure a constant difference in shares of the range and in decibels', () => {
    const brighter = ramp.map((value) => value + 0.1);

    const { l1, psnr, ssim } = imageSimilarity(ramp, brighter, size, 2);

    expect(l1).toBeCloseTo(0.05, 6);
    expect(psnr).toBeCloseTo(10 * Math.log10(2 ** 2 / 0.1 ** 2), 4);
    expect(ssim).toBeLessThan(1);
  });

  it('should find two constant images as alike in structure as their means are', () => {
    const [a, b] = [new Float32Array(100).fill(0.2), new Float32Array(100).fill(0.6)];
    const c1 = 0.01 ** 2;

    const { ssim } = imageSimilarity(a, b, { height: 10, width: 10, channels: 1 }, 1);

    expect(ssim).toBeCloseTo((2 * 0.2 * 0.6 + c1) / (0.2 ** 2 + 0.6 ** 2 + c1), 5);
  });

  it('should find an inverted image unlike in structure', () => {
    const inverted = ramp.map((value) => 1 - value);

    expect(imageSimilarity(ramp, inverted, size, 1).ssim).toBeLessThan(0);
  });
});
