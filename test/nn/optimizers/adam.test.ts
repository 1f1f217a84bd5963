import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compute/compile.js';
import { record } from '../../../src/compute/record/record.js';
import { hostTensor } from '../../../src/compute/tensor.js';
import { adam, createAdam } from '../../../src/nn/optimizers/adam.js';

const options = { learningRate: 0.1, betas: [0.5, 0.9], decay: 0.01 } as const;

/** The algorithm as the paper states it, in doubles. */
function reference(start: number, gradients: readonly number[]): number {
  let [value, mean, square] = [start, 0, 0];
  gradients.forEach((raw, k) => {
    const gradient = raw + options.decay * value;
    mean = 0.5 * mean + 0.5 * gradient;
    square = 0.9 * square + 0.1 * gradient * gradient;
    const corrected = mean / (1 - 0.5 ** (k + 1));
    value -= (0.1 * corrected) / (Math.sqrt(square / (1 - 0.9 ** (k + 1))) + 1e-8);
  });
  return value;
}

describe('adam', () => {
  it('should update as Kingma and Ba state it, with L2 decay', async () => {
    const parameters = { w: hostTensor([2], Float32Array.of(1, -2)) };
    const program = await compile({
      step: (state, { g }) => ({
        state: { ...state, ...adam('all', state, { w: g as Tensor }, options) },
        outputs: {},
      }),
      state: { ...parameters, ...createAdam('all', parameters) },
      inputs: { g: { shape: [2], dtype: 'float32' } },
    });
    const gradients = [0.5, -1, 2, 0, 0.25];

    for (const gradient of gradients) await program.run({ g: Float32Array.of(gradient, 3) });

    const [first, second] = program.readState().w?.values ?? [];
    expect(first).toBeCloseTo(reference(1, gradients), 5);
    expect(second).toBeCloseTo(reference(-2, [3, 3, 3, 3, 3]), 5);
    await program.dispose();
  });

  it('should pass ten times over a parameter, and twelve with L2 decay', () => {
    const shape = [7, 11];
    const passes = (decay: number) => {
      const parameters = { w: hostTensor(shape) };
      const { graph } = record(
        (state, { g }) => ({
          state: { ...state, ...adam('all', state, { w: g as Tensor }, { ...options, decay }) },
          outputs: {},
        }),
        { ...parameters, ...createAdam('all', parameters) },
        { g: { shape, dtype: 'float32' } },
      );
      return graph.nodes.filter(({ outputs }) => String(outputs[0]?.shape) === String(shape));
    };

    expect(passes(0)).toHaveLength(10);
    expect(passes(0.01)).toHaveLength(12);
  });
});
