import { concat, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { applyLinear, createLinear } from '../../../src/nn/layers/dense.js';
import { createLinearOfParts, linearOfParts } from '../../../src/nn/layers/linear-of-parts.js';
import { createRandom } from '../../../src/random.js';
import { evaluate, largestDifference, randomInput } from '../../compute/engines.js';

const sizes = { left: 3, none: 0, right: 2 };

describe('a linear layer of parts', () => {
  it('should give what a layer of the joined inputs gives', async () => {
    const state = createLinearOfParts('layer', sizes, 4, createRandom(1));
    const inputs = { left: randomInput([5, 3], 2), right: randomInput([5, 2], 3) };

    const found = await evaluate(
      'onnx',
      ({ left, right, ...weights }) => {
        const parts = Object.entries({ left, right }).map(([name, x]) => ({
          name,
          x: x as Tensor2D,
        }));
        return { y: linearOfParts(weights, 'layer', parts) };
      },
      { ...inputs, ...state },
    );
    const joined = await evaluate(
      'tfjs',
      ({ left, right, a, b }) => ({
        y: applyLinear(
          { 'layer/weight': concat([a as Tensor2D, b as Tensor2D], 0) },
          'layer',
          concat([left as Tensor2D, right as Tensor2D], 1),
        ),
      }),
      {
        ...inputs,
        a: state['layer/left/weight'] as never,
        b: state['layer/right/weight'] as never,
      },
    );

    expect(largestDifference(found, joined)).toBeLessThan(1e-5);
  });

  it('should start as wide as a layer of the joined inputs, and without empty parts', () => {
    const parts = createLinearOfParts('layer', { a: 300, b: 100, none: 0 }, 50, createRandom(1));
    const whole = createLinear('layer', 400, 50, createRandom(1));

    const widest = (state: typeof whole) =>
      Object.values(state).map(({ values }) => Math.max(...Array.from(values, Math.abs)));
    expect(Object.keys(parts)).toEqual(['layer/a/weight', 'layer/b/weight']);
    for (const width of [...widest(parts), ...widest(whole)]) {
      expect(width).toBeGreaterThan(0.0499);
      expect(width).toBeLessThanOrEqual(0.05);
    }
  });
});
