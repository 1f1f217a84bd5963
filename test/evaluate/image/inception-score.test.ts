import { describe, expect, it } from 'vitest';
import { inceptionScore, softmaxRows } from '../../../src/evaluate/image/inception-score.js';

describe('inceptionScore', () => {
  it('should be the number of classes where all are found, and 1 where none is told apart', () => {
    expect(inceptionScore(Float32Array.of(1, 0, 0, 1), 2)).toBeCloseTo(2, 6);
    expect(inceptionScore(Float32Array.of(1, 0, 1, 0), 2)).toBeCloseTo(1, 6);
    expect(inceptionScore(Float32Array.of(0.5, 0.5, 0.5, 0.5), 2)).toBeCloseTo(1, 6);
  });

  it('should lie in between as its definition says', () => {
    const [p, q] = [0.8, 0.2];
    const divergence = p * Math.log(p / 0.5) + q * Math.log(q / 0.5);

    expect(inceptionScore(Float32Array.of(p, q, q, p), 2)).toBeCloseTo(Math.exp(divergence), 6);
  });
});

describe('softmaxRows', () => {
  it('should give shares of one, also of large numbers', () => {
    const [one, other, certain, none] = softmaxRows(Float32Array.of(0, Math.log(3), 900, 0), 2);

    expect([one, other]).toEqual([0.25, 0.75].map((share) => expect.closeTo(share, 6)));
    expect([certain, none]).toEqual([1, 0]);
  });
});
