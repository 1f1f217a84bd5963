import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addIntoGemm } from '../../../src/compute/plan/add-into-gemm.js';
import { planOf, prune } from '../../../src/compute/plan/plan.js';
import { record } from '../../../src/compute/record/record.js';
import { expectEnginesToAgree, type Pure, randomInput } from '../engines.js';

const given = {
  x: randomInput([5, 3], 1),
  w: randomInput([3, 4], 2),
  v: randomInput([3, 4], 3),
  bias: randomInput([4], 4),
  column: randomInput([5, 1], 5),
  matrix: randomInput([5, 4], 6),
};
type Given = Record<keyof typeof given, tf.Tensor2D>;

/** Operators of the plan that is left, in the order of computing. */
function operatorsOf(pure: (given: Given) => tf.Tensor): string[] {
  const step = (_state: object, inputs: object) => ({
    state: {},
    outputs: { y: pure(inputs as Given) },
  });
  const plan = prune(addIntoGemm(planOf(record(step, {}, given))));
  return plan.nodes.map(({ operator }) => operator);
}

const sums: Record<string, [(given: Given) => tf.Tensor, string[]]> = {
  'a bias': [({ x, w, bias }) => tf.add(tf.matMul(x, w), bias), ['Gemm']],
  'a bias first': [({ x, w, bias }) => tf.add(bias, tf.matMul(x, w)), ['Gemm']],
  'a column': [({ x, w, column }) => tf.add(tf.matMul(x, w), column), ['Gemm']],
  'another product': [({ x, w, v }) => tf.add(tf.matMul(x, w), tf.matMul(x, v)), ['Gemm', 'Gemm']],
  'a matrix times a number': [
    ({ x, w, matrix }) => tf.add(tf.matMul(x, w), tf.mul(matrix, 0.25)),
    ['Gemm'],
  ],
  'a bias behind a change of shape': [
    ({ x, w, bias }) => tf.add(tf.reshape(tf.matMul(x, w), [5, 1, 4]), bias),
    ['Gemm', 'Reshape'],
  ],
  'another product behind the same change of shape': [
    ({ x, w, v }) =>
      tf.add(tf.reshape(tf.matMul(x, w), [5, 1, 4]), tf.reshape(tf.matMul(x, v), [5, 1, 4])),
    ['Gemm', 'Gemm', 'Reshape'],
  ],
  'a matrix times a matrix': [
    ({ x, w, matrix }) => tf.add(tf.matMul(x, w), tf.mul(matrix, matrix)),
    ['Mul', 'Gemm'],
  ],
};

describe('addIntoGemm', () => {
  it.each(Object.entries(sums))('should start a product from %s', async (_, [pure, operators]) => {
    expect(operatorsOf(pure)).toEqual(operators);

    await expectEnginesToAgree(((inputs) => ({ y: pure(inputs as Given) })) as Pure, given);
  });

  it('should leave a product alone that something else reads', () => {
    const twice = ({ x, w, bias }: Given) => {
      const product = tf.matMul(x, w);
      return tf.mul(tf.add(product, bias), tf.exp(product));
    };

    expect(operatorsOf(twice)).toContain('Add');
  });

  it('should leave what has more dimensions than a matrix to an addition', async () => {
    const sum = ({ x, w, bias }: Given) =>
      tf.add(
        tf.reshape(tf.matMul(tf.slice(x, [0, 0], [1, 3]), w), [1, 1, 1, 4]),
        tf.exp(tf.reshape(bias, [1, 1, 1, 4])),
      );

    expect(operatorsOf(sum)).toContain('Add');
    await expectEnginesToAgree(((inputs) => ({ y: sum(inputs as Given) })) as Pure, given);
  });

  it('should leave a sum alone that is larger than the product', () => {
    const spread = ({ x, w, matrix }: Given) =>
      tf.add(tf.matMul(tf.slice(x, [0, 0], [1, 3]), w), matrix);

    expect(operatorsOf(spread)).toContain('Add');
  });

  it('should change no result, however products and sums follow each other', async () => {
    const choice = fc.constantFrom(...Object.values(sums).map(([pure]) => pure));
    await fc.assert(
      fc.asyncProperty(fc.array(choice, { minLength: 2, maxLength: 4 }), async (chosen) => {
        const pure: Pure = (inputs) => ({
          y: tf.addN(chosen.map((one) => tf.reshape(one(inputs as Given), [5, 4]))),
          z: chosen
            .map((one) => tf.reshape(one(inputs as Given), [5, 4]))
            .reduce((a, b) => tf.add(a, b)),
        });

        await expectEnginesToAgree(pure, given);
      }),
      { numRuns: 20 },
    );
  });
});
