import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, describeSeed } from '../src/random.js';

const draw = (random: { uniform(): number }, count: number) =>
  Array.from({ length: count }, () => random.uniform());

describe('describeSeed', () => {
  it('should tell seeds apart that give other streams', () => {
    expect([7, 7n, '7'].map(describeSeed)).toEqual(['7', '7n', '"7"']);
  });
});

describe('createRandom', () => {
  it('should give the same numbers for the same seed and path', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.oneof(fc.string(), fc.nat())), (seed, path) => {
        const one = createRandom(seed).fork(...path);
        const other = createRandom(seed).fork(...path);

        expect(draw(one, 8)).toEqual(draw(other, 8));
      }),
    );
  });

  it('should give other numbers for another seed, type of seed or path', () => {
    const streams = [
      createRandom(1),
      createRandom('1'),
      createRandom(1n),
      createRandom(2),
      createRandom(1).fork('a'),
      createRandom(1).fork('b'),
      createRandom(1).fork('a', 'b'),
      createRandom(1).fork('a').fork('b', 0),
    ].map((random) => random.uniform());

    expect(new Set(streams).size).toBe(streams.length);
  });

  it('should fork independently of what was drawn before', () => {
    const random = createRandom(7);
    const before = draw(random.fork('x'), 4);

    draw(random, 100);

    expect(draw(random.fork('x'), 4)).toEqual(before);
  });

  it('should draw integers in every place below the bound, and none outside', () => {
    const random = createRandom(3);
    const seen = new Set(Array.from({ length: 500 }, () => random.integer(7)));

    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('should fill uniforms strictly inside (0, 1) with the moments of the uniform', () => {
    const values = createRandom(11).fillUniform(new Float32Array(200_000));

    const { mean, variance } = moments(values);

    expect(values.every((value) => value > 0 && value < 1)).toBe(true);
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  it.each([0, 1, 7, 200_001])('should fill %i normals, with their moments', (length) => {
    const values = createRandom(12).fillNormal(new Float32Array(length));

    expect(values.every(Number.isFinite)).toBe(true);
    if (length > 1000) {
      const { mean, variance } = moments(values);
      expect(mean).toBeCloseTo(0, 1);
      expect(variance).toBeCloseTo(1, 1);
    }
  });

  it.each([-0.1, 1, Number.NaN])('should refuse a dropout rate of %d', (rate) => {
    expect(() => createRandom(1).fillDropout(new Float32Array(8), rate)).toThrow(
      /dropout rate must be in \[0, 1\)/,
    );
  });

  it('should leave forks uncorrelated', () => {
    const root = createRandom(5);
    const [a, b] = [0, 1].map((k) => root.fork(k).fillNormal(new Float32Array(100_000)));

    let product = 0;
    for (let i = 0; i < 100_000; i++) product += (a?.[i] ?? 0) * (b?.[i] ?? 0);

    // Five standard errors of the correlation of independent samples.
    expect(Math.abs(product / 100_000)).toBeLessThan(5 / Math.sqrt(100_000));
  });
});

function moments(values: Float32Array) {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, variance: squares / values.length - mean * mean };
}
