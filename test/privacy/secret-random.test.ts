import { describe, expect, it } from 'vitest';
import { createSecretRandom } from '../../src/privacy/secret-random.js';

const secret = 'a secret of more than thirty-two characters';
const numbers = (random: ReturnType<typeof createSecretRandom>, count = 8) =>
  Array.from(random.fillNormal(new Float64Array(count), 1));

describe('createSecretRandom', () => {
  it('should give the same numbers again for one secret, use and path', () => {
    const [one, other] = [createSecretRandom(secret, 'x'), createSecretRandom(secret, 'x')];

    expect(numbers(one.fork('a', 1))).toEqual(numbers(other.fork('a', 1)));
    expect(numbers(one.fork('a', 1))).not.toEqual(numbers(other.fork('a', 2)));
  });

  it('should give others for another use, another secret and without one', () => {
    const streams = [
      createSecretRandom(secret, 'x'),
      createSecretRandom(secret, 'y'),
      createSecretRandom(`${secret}.`, 'x'),
      createSecretRandom(undefined, 'x'),
      createSecretRandom(undefined, 'x'),
    ];

    const firsts = streams.map((stream) => stream.words(1)[0]);

    expect(new Set(firsts).size).toBe(streams.length);
  });

  it('should go on where it was', () => {
    const [one, other] = [createSecretRandom(secret, 'x'), createSecretRandom(secret, 'x')];

    const parts = [...one.words(3), ...one.words(4)];

    expect(parts).toEqual([...other.words(7)]);
  });

  it('should give normal numbers of the wanted deviation', () => {
    const values = createSecretRandom(secret, 'x').fillNormal(new Float32Array(200_001), 3);
    const moment = (power: number) =>
      values.reduce((sum, value) => sum + (value / 3) ** power, 0) / values.length;

    // Five standard errors each.
    expect(Math.abs(moment(1))).toBeLessThan(0.012);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.016);
    expect(Math.abs(moment(3))).toBeLessThan(0.044);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.11);
  });
});
