import type { Tensor1D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostTensor } from '../../../../../src/compute/tensor.js';
import { logDeviations } from '../../../../../src/gan/families/tabular/tvae/networks.js';
import { tvae } from '../../../../../src/gan/families/tabular/tvae/recipe.js';
import { evaluate } from '../../../../compute/engines.js';

describe('logDeviations', () => {
  it('should always be within the bounds of the recipe', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: 1, maxLength: 9 }),
        async (values) => {
          const weights = {
            'generator/deviation': hostTensor([values.length], Float32Array.from(values)),
          };

          const { log } = await evaluate(
            'tfjs',
            (state) => ({ log: logDeviations(tvae, state) as Tensor1D }),
            weights,
          );

          for (const each of log?.values ?? []) {
            expect(Math.exp(each)).toBeGreaterThanOrEqual(0.01 - 1e-6);
            expect(Math.exp(each)).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});
