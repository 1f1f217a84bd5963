import { grad, matMul, square, sum, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientPenalty } from '../../../src/gan/losses/gradient-penalty.js';
import { evaluate, randomInput } from '../../compute/engines.js';

const inputs = {
  real: randomInput([6, 2], 1),
  fake: randomInput([6, 2], 2),
  uniforms: randomInput([6, 1], 3, 0, 1),
  w: { ...randomInput([2, 1], 4), values: Float32Array.of(3, 4) },
};
const penalty = (fed: Record<string, Tensor>, w: Tensor, squared = false) =>
  gradientPenalty(
    (x) => matMul(squared ? square(x) : x, w as Tensor2D),
    fed.real as Tensor2D,
    fed.fake as Tensor2D,
    fed.uniforms as Tensor2D,
  );

describe.each(['onnx', 'tfjs'] as const)('gradientPenalty on %s', (engine) => {
  it('should be (‖w‖ − 1)² for a linear critic, with its gradient by the weights', async () => {
    const out = await evaluate(
      engine,
      (fed) => ({
        value: penalty(fed, fed.w as Tensor),
        slope: grad((w) => penalty(fed, w))(fed.w as Tensor),
      }),
      inputs,
    );

    expect(out.value?.values[0]).toBeCloseTo(16, 4);
    // 2 (‖w‖ − 1) w / ‖w‖ with ‖w‖ = 5
    expect(out.slope?.values[0]).toBeCloseTo(4.8, 4);
    expect(out.slope?.values[1]).toBeCloseTo(6.4, 4);
  });

  it('should be taken at points between the real and the fake rows', async () => {
    const between = Array.from({ length: 6 }, (_, row) => {
      const u = inputs.uniforms.values[row] as number;
      return [0, 1].map((k) => {
        const [real, fake] = [inputs.real, inputs.fake].map((x) => x.values[2 * row + k] as number);
        return (fake as number) + u * ((real as number) - (fake as number));
      });
    });
    // The critic Σ w x² has the slope 2 w x.
    const norms = between.map(([a, b]) => Math.hypot(6 * (a as number), 8 * (b as number)));
    const expected = norms.reduce((total, norm) => total + (norm - 1) ** 2, 0) / 6;

    const { value } = await evaluate(
      engine,
      (fed) => ({ value: sum(penalty(fed, fed.w as Tensor, true)) }),
      inputs,
    );

    expect(value?.values[0]).toBeCloseTo(expected, 2);
  });
});
