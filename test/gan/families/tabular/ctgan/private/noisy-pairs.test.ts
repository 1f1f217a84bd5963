import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../../../../src/encode/table-layout.js';
import { pairMoments } from '../../../../../../src/gan/families/tabular/ctgan/pairs/moments.js';
import {
  countPairs,
  noisyPairMoments,
} from '../../../../../../src/gan/families/tabular/ctgan/private/noisy-pairs.js';
import { createSecretRandom } from '../../../../../../src/privacy/secret-random.js';
import { createRandom } from '../../../../../../src/random.js';
import { secret } from './small-private.js';

const rows = 500;
const random = createRandom('pairs');
const first = Int32Array.from({ length: rows }, () => random.integer(3));
// The second column follows the first, and the third nothing.
const second = first.map((code) => (random.uniform() < 0.8 ? code : random.integer(3)));
const third = Int32Array.from({ length: rows }, () => random.integer(2));
const countsOf = (codes: Int32Array, width: number) =>
  Array.from({ length: width }, (_, code) => codes.filter((own) => own === code).length);
const spans = [
  { kind: 'onehot', width: 3, role: 'category', counts: countsOf(first, 3) },
  { kind: 'onehot', width: 3, role: 'mode', counts: countsOf(second, 3) },
  { kind: 'onehot', width: 2, role: 'category', counts: countsOf(third, 2) },
] as const;
const table = { rows, layout: layoutOf([{ spans }]), values: [first, second, third] };
const noisy = (deviation: number) =>
  noisyPairMoments(table, rows, deviation, createSecretRandom(secret, 'pairs'), 512);

describe('noisyPairMoments', () => {
  it('should be the moments of the rows where there is next to no noise', () => {
    const plain = pairMoments(table, new Float64Array(rows).fill(1 / rows), [], 512);

    const { features, mean, scale, moments } = noisy(1e-6);

    expect(features).toEqual(plain.features);
    mean.forEach((value, k) => {
      expect(value).toBeCloseTo(plain.mean[k] as number, 5);
    });
    scale.forEach((value, k) => {
      expect(value).toBeCloseTo(plain.scale[k] as number, 5);
    });
    moments.forEach((value, k) => {
      expect(value).toBeCloseTo(plain.moments[k] as number, 4);
    });
  });

  it('should take columns that noise hides for independent', () => {
    const { moments, features } = noisy(1e5);
    const size = features.count + 1;

    const own = (place: number) => [0, 0, 0, 1, 1, 2, 2, 2][place];
    for (let i = 0; i < size - 1; i++) {
      for (let j = 0; j < i; j++) {
        if (own(i) !== own(j)) expect(Math.abs(moments[i * size + j] as number)).toBeLessThan(0.2);
      }
    }
  });

  it('should keep what is stronger than the noise', () => {
    const { moments, features } = noisy(10);
    const size = features.count + 1;
    // Categories lie first: the first column's, then the third's, then intervals.
    const links = [0, 1, 2].map((code) => moments[code * size + 5 + code] as number);

    expect(Math.min(...links)).toBeGreaterThan(0.5);
  });

  it('should be of as many joint histograms as there are pairs', () => {
    expect([1, 2, 3, 15].map(countPairs)).toEqual([0, 1, 3, 105]);
  });
});
