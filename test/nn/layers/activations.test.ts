import { describe, expect, it } from 'vitest';
import { applyLeakyRelu } from '../../../src/nn/layers/activations.js';
import { evaluate, randomInput } from '../../compute/engines.js';

describe('leakyRelu', () => {
  it('should keep positive numbers and scale negative ones', async () => {
    const x = { ...randomInput([3], 1), values: Float32Array.of(2, -2, 0) };

    const { y } = await evaluate('onnx', ({ x }) => ({ y: applyLeakyRelu(x as never, 0.1) }), {
      x,
    });

    expect([...(y?.values ?? [])].map((v) => Math.fround(v))).toEqual(
      [2, -0.2, 0].map(Math.fround),
    );
  });
});
