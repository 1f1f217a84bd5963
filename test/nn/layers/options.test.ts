import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { mapEntries, type Tensors } from '../../../src/compute/tensor.js';
import { withBackend } from '../../../src/compute/with-backend.js';
import { InvalidOptionError } from '../../../src/errors.js';
import { leakyRelu } from '../../../src/nn/layers/activations.js';
import { convolution, transposedConvolution } from '../../../src/nn/layers/convolution.js';
import { convolution1d } from '../../../src/nn/layers/convolution-1d.js';
import { dense } from '../../../src/nn/layers/dense.js';
import { dropout } from '../../../src/nn/layers/dropout.js';
import { joinLabel } from '../../../src/nn/layers/labels.js';
import { createRandom } from '../../../src/random.js';

describe('the options of layers', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['dense', () => dense(3, { biass: false } as never), /dense\.?.*biass.*bias/],
    ['dense', () => dense(0), /outputs must be a positive whole number: 0/],
    ['dense', () => dense(3, { initializer: 'narrow' } as never), /dense\.initializer must be/],
    ['convolution', () => convolution(3, {} as never), /convolution\.kernel .*missing/],
    ['convolution', () => convolution(3, { kernel: 0 }), /convolution\.kernel must be/],
    ['convolution', () => convolution(1.5, { kernel: 3 }), /filters must be/],
    [
      'transposedConvolution',
      () => transposedConvolution(3, { kernel: 3, padding: 'full' } as never),
      /transposedConvolution\.padding must be 'same' or 'valid'/,
    ],
    ['convolution1d', () => convolution1d(3, { kernel: 3, stride: -1 }), /stride must be/],
    ['dropout', () => dropout(1), /rate must be a number in \[0, 1\): 1/],
    ['leakyRelu', () => leakyRelu(Number.NaN), /slope must be a number/],
    ['joinLabel', () => joinLabel({ embeding: 3 } as never), /embeding.*embedding/],
  ])('should be refused where they are not to be used: %s', (_name, make, message) => {
    expect(make).toThrow(InvalidOptionError);
    expect(make).toThrow(message);
  });
});

describe('transposedConvolution with spectralNorm', () => {
  it('should divide the weight by the largest singular value of [all else, filters]', () => {
    const layer = transposedConvolution(2, {
      kernel: 3,
      stride: 2,
      bias: false,
      spectralNorm: true,
    });
    const built = layer({ shape: [4, 4, 3], classes: 0 });
    const state = built.create?.('layer', createRandom(4)) ?? {};

    const norm = withBackend('cpu', () => {
      const tensors = () =>
        mapEntries(state, ({ values, shape }) => tf.tensor(values, [...shape])) as Tensors;
      let current = tensors();
      const x = tf.ones([1, 4, 4, 3]);
      // The estimate converges.
      for (let step = 0; step < 50; step++) {
        const made = built.apply(current, 'layer', x, { training: true });
        current = { ...current, ...(made as { updates: Tensors }).updates };
      }
      const plain = transposedConvolution(2, { kernel: 3, stride: 2, bias: false });
      const other = plain({ shape: [4, 4, 3], classes: 0 });
      const y = (layerMade: unknown) => (layerMade as { y: tf.Tensor }).y;
      const scaled = y(built.apply(current, 'layer', x, { training: false }));
      const raw = y(other.apply(current, 'layer', x, { training: false }));
      return (
        (tf.max(tf.abs(raw)).dataSync()[0] as number) /
        (tf.max(tf.abs(scaled)).dataSync()[0] as number)
      );
    });

    // By hand: the two eigenvalues of the Gram matrix of the two filters.
    const { values } = state['layer/weight'] as { values: ArrayLike<number> };
    const gram = [0, 0, 0];
    for (let place = 0; place < 9; place++) {
      for (let channel = 0; channel < 3; channel++) {
        const of = (filter: number) => values[(place * 2 + filter) * 3 + channel] as number;
        gram[0] = (gram[0] as number) + of(0) ** 2;
        gram[1] = (gram[1] as number) + of(0) * of(1);
        gram[2] = (gram[2] as number) + of(1) ** 2;
      }
    }
    const [a, b, c] = gram as [number, number, number];
    const largest = (a + c) / 2 + Math.sqrt(((a - c) / 2) ** 2 + b ** 2);
    expect(norm).toBeCloseTo(Math.sqrt(largest), 4);
  });
});
