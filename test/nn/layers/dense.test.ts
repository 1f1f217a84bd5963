import { describe, expect, it } from 'vitest';
import { InvalidOptionError } from '../../../src/errors.js';
import { dense } from '../../../src/nn/layers/dense.js';
import { createRandom } from '../../../src/random.js';

const biasOf = (options: Parameters<typeof dense>[1]) =>
  dense(200, options)({ shape: [25], classes: 0 }).create?.('layer', createRandom(1))['layer/bias']
    ?.values as Float32Array;

describe('dense', () => {
  it('should start its bias at 0, or uniform in ±1/√inputs as PyTorch does', () => {
    const [zeros, uniform] = [biasOf({}), biasOf({ biasInitializer: 'uniform' })];

    expect(new Set(zeros)).toEqual(new Set([0]));
    expect(Math.max(...uniform)).toBeLessThanOrEqual(0.2);
    expect(Math.max(...uniform)).toBeGreaterThan(0.15);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(-0.2);
    expect(Math.min(...uniform)).toBeLessThan(-0.15);
  });

  it('should refuse a start of a bias that it has not', () => {
    expect(() => dense(2, { bias: false, biasInitializer: 'uniform' })).toThrow(InvalidOptionError);
  });
});
