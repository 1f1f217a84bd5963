import { describe, expect, it } from 'vitest';
import { dropout, leakyRelu } from '../../../src/gan/layers/activation.js';
import { evaluate, randomInput } from '../../compute/engines.js';

describe('leakyRelu', () => {
  it('should keep positive numbers and scale negative ones', async () => {
    const x = { ...randomInput([3], 1), values: Float32Array.of(2, -2, 0) };

    const { y } = await evaluate('onnx', ({ x }) => ({ y: leakyRelu(x as never, 0.1) }), { x });

    expect([...(y?.values ?? [])].map((v) => Math.fround(v))).toEqual(
      [2, -0.2, 0].map(Math.fround),
    );
  });
});

describe('dropout', () => {
  it('should drop the given share and keep the mean', async () => {
    const ones = { ...randomInput([100, 100], 2), values: new Float32Array(10_000).fill(1) };
    const uniforms = randomInput([100, 100], 3, 0, 1);

    const { y } = await evaluate(
      'onnx',
      ({ x, u }) => ({ y: dropout(x as never, u as never, 0.25) }),
      { x: ones, u: uniforms },
    );

    const values = [...(y?.values ?? [])];
    expect(new Set(values.map((v) => v.toFixed(4)))).toEqual(new Set(['0.0000', '1.3333']));
    expect(values.filter((v) => v === 0).length / 10_000).toBeCloseTo(0.25, 1);
  });
});
