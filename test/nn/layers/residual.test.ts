import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Tensors } from '../../../src/compute/tensor.js';
import { InvalidOptionError } from '../../../src/errors.js';
import { softmax } from '../../../src/nn/layers/activations.js';
import { dense } from '../../../src/nn/layers/dense.js';
import { dropout } from '../../../src/nn/layers/dropout.js';
import { residual } from '../../../src/nn/layers/residual.js';
import { sequential } from '../../../src/nn/sequential.js';
import { createRandom } from '../../../src/random.js';
import { evaluate, randomInput } from '../../compute/engines.js';

const input = { shape: [3], classes: 0 };

describe('residual', () => {
  it('should add a share of what its layers make of the input', async () => {
    const inner = sequential(input, [dense(3), dense(3)]);
    const network = sequential(input, [residual([dense(3), dense(3)], 0.3)]);
    const weights = network.create(createRandom(1));
    const own = Object.fromEntries(
      Object.entries(weights).map(([name, tensor]) => [name.replace(/^0\//, ''), tensor]),
    );
    const x = randomInput([4, 3], 2);

    const { made, added } = await evaluate(
      'onnx',
      ({ x, ...state }) => ({
        made: network.apply(prefixed(state), x as Tensor, { training: true }).y,
        added: inner.apply(state, x as Tensor, { training: true }).y,
      }),
      { x, ...own },
    );

    Array.from(made?.values ?? []).forEach((value, k) => {
      expect(value).toBeCloseTo((x.values[k] as number) + 0.3 * (added?.values[k] as number), 5);
    });
    expect(made?.values).toHaveLength(12);
  });

  it('should refuse layers that change the shape or draw noise, and no layers at all', () => {
    expect(() => sequential(input, [residual([dense(2)])])).toThrow(InvalidOptionError);
    expect(() => sequential(input, [residual([dropout(0.5)])])).toThrow(InvalidOptionError);
    expect(() => residual(undefined as never)).toThrow(InvalidOptionError);
  });
});

const prefixed = (state: Tensors): Tensors =>
  Object.fromEntries(Object.entries(state).map(([name, tensor]) => [`0/${name}`, tensor]));

describe('softmax', () => {
  it('should be shares of the last axis, of large numbers too', async () => {
    const x = { ...randomInput([2, 2], 1), values: Float32Array.of(0, Math.log(3), 500, 500) };

    const { y } = await evaluate(
      'onnx',
      ({ x }) => ({
        y: sequential({ shape: [2], classes: 0 }, [softmax]).apply({}, x as Tensor, {
          training: false,
        }).y,
      }),
      { x },
    );

    expect([...(y?.values ?? [])].map((value) => Number(value.toFixed(5)))).toEqual([
      0.25, 0.75, 0.5, 0.5,
    ]);
  });
});
