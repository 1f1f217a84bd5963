import { describe, expect, it } from 'vitest';
import { type Initializer, initializeWeights } from '../../src/nn/initializers.js';
import { fillNoise } from '../../src/nn/step-inputs.js';
import { createRandom } from '../../src/random.js';

const boundOf = (shape: readonly number[], inputs: number, initializer: Initializer) => {
  const { values } = initializeWeights(shape, inputs, initializer, createRandom(1));
  return Math.max(...Array.from(values, (value) => Math.abs(Number(value))));
};

describe('initializeWeights', () => {
  it.each([
    [[100, 200], 100, 'uniform', 1 / 10],
    [[100, 200], 100, 'glorot', Math.sqrt(6 / 300)],
    [[1, 25, 16, 32], 400, 'glorot', Math.sqrt(6 / (25 * 48))],
  ] as const)(
    'should fill %s up to the bound: %s inputs, %s',
    (shape, inputs, initializer, bound) => {
      const largest = boundOf(shape, inputs, initializer);

      expect(largest).toBeLessThanOrEqual(bound);
      expect(largest).toBeGreaterThan(0.99 * bound);
    },
  );
});

describe('fillNoise', () => {
  it('should draw evenly from −1 to 1 where latent vectors are uniform', () => {
    const latent = new Float32Array(4000);
    const inputs = {
      latent: { shape: [4000], dtype: 'float32', source: 'symmetricUniform' },
    } as const;

    fillNoise(inputs, { latent }, createRandom(2));

    const share = (low: number, high: number) =>
      latent.filter((value) => value > low && value <= high).length / 4000;
    expect(share(-1, 1)).toBe(1);
    for (const low of [-1, -0.5, 0, 0.5]) expect(share(low, low + 0.5)).toBeCloseTo(0.25, 1);
  });
});
