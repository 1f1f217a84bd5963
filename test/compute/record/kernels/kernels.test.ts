import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { caseCount } from '../../../support/cases.js';
import { expectEnginesToAgree, type Pure, randomInput } from '../../engines.js';

const dimension = fc.integer({ min: 1, max: 5 });
const shape = fc.array(dimension, { minLength: 0, maxLength: 4 });
const seed = fc.nat();

/** Two shapes that broadcast: some axes of each are 1, and one may have fewer. */
const broadcastable = fc
  .tuple(shape, fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }), dimension)
  .map(([full, kinds, drop]) => {
    const a = full.map((size, axis) => (kinds[axis] === 1 ? 1 : size));
    const b = full.map((size, axis) => (kinds[axis] === 2 ? 1 : size));
    return [a, b.slice(Math.min(drop - 1, b.length))] as const;
  });

describe('elementwise kernels', () => {
  const unary: Record<string, (x: tf.Tensor) => tf.Tensor> = {
    abs: tf.abs,
    cos: tf.cos,
    elu: tf.elu,
    exp: tf.exp,
    log: (x) => tf.log(tf.add(tf.abs(x), 0.1)),
    neg: tf.neg,
    reciprocal: (x) => tf.reciprocal(tf.add(tf.abs(x), 0.5)),
    relu: tf.relu,
    rsqrt: (x) => tf.rsqrt(tf.add(tf.abs(x), 0.5)),
    sigmoid: tf.sigmoid,
    sign: tf.sign,
    sin: tf.sin,
    softplus: tf.softplus,
    sqrt: (x) => tf.sqrt(tf.abs(x)),
    square: tf.square,
    tanh: tf.tanh,
    step: (x) => tf.step(x),
    'step with a slope': (x) => tf.step(x, 0.2),
    clip: (x) => tf.clipByValue(x, -1, 0.5),
    cast: (x) => tf.cast(tf.cast(x, 'int32'), 'float32'),
    'logical not': (x) => tf.cast(tf.logicalNot(tf.greater(x, 0)), 'float32'),
  };
  it.each(Object.entries(unary))('should agree on %s', async (_name, op) => {
    await fc.assert(
      fc.asyncProperty(shape, seed, async (size, n) => {
        await expectEnginesToAgree(({ x }) => ({ y: op(x as tf.Tensor) }), {
          x: randomInput(size, n),
        });
      }),
      { numRuns: caseCount(5, 15) },
    );
  });

  const binary: Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = {
    add: tf.add,
    sub: tf.sub,
    mul: tf.mul,
    div: (a, b) => tf.div(a, tf.add(tf.abs(b), 0.5)),
    maximum: tf.maximum,
    minimum: tf.minimum,
    pow: (a, b) => tf.pow(tf.add(tf.abs(a), 0.1), b),
    'squared difference': tf.squaredDifference,
    where: (a, b) => tf.where(tf.greater(a, b), a, b),
    comparisons: (a, b) =>
      tf.addN(
        [
          tf.greater(a, b),
          tf.greaterEqual(a, b),
          tf.less(a, b),
          tf.lessEqual(a, b),
          tf.equal(a, b),
          tf.notEqual(a, b),
          tf.logicalAnd(tf.greater(a, 0), tf.less(b, 0)),
          tf.logicalOr(tf.greater(a, 0), tf.less(b, 0)),
        ].map((flag, k) => tf.mul(tf.cast(flag, 'float32'), 2 ** k)),
      ),
  };
  it.each(Object.entries(binary))('should agree on %s of broadcast shapes', async (_name, op) => {
    await fc.assert(
      fc.asyncProperty(broadcastable, seed, async ([a, b], n) => {
        await expectEnginesToAgree(({ x, y }) => ({ z: op(x as tf.Tensor, y as tf.Tensor) }), {
          x: randomInput(a, n),
          y: randomInput(b, n + 1),
        });
      }),
      { numRuns: caseCount(5, 15) },
    );
  });

  it('should agree on arithmetic with the constants that differentiation makes', async () => {
    const pure: Pure = ({ x }) => {
      const [ones, zeros] = [tf.ones([3, 4]), tf.zeros([3, 4])];
      const row = x as tf.Tensor;
      return {
        product: tf.mul(row, ones),
        sum: tf.add(zeros, row),
        difference: tf.sub(row, zeros),
        quotient: tf.div(row, ones),
        nothing: tf.mul(row, zeros),
        known: tf.div(tf.add(ones, ones), tf.sub(tf.mul(ones, 4), ones)),
        filled: tf.add(tf.fill([3, 4], 7), tf.onesLike(tf.mul(row, ones))),
      };
    };

    await expectEnginesToAgree(pure, { x: randomInput([1, 4], 3) });
  });
});

describe('matmul kernels', () => {
  it('should agree on products of matrices, transposed or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        dimension,
        dimension,
        dimension,
        fc.boolean(),
        fc.boolean(),
        seed,
        async (rows, inner, columns, transposeA, transposeB, n) => {
          await expectEnginesToAgree(
            ({ a, b }) => ({
              c: tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, transposeA, transposeB),
            }),
            {
              a: randomInput(transposeA ? [inner, rows] : [rows, inner], n),
              b: randomInput(transposeB ? [columns, inner] : [inner, columns], n + 1),
            },
            1e-5,
          );
        },
      ),
      { numRuns: caseCount(7, 25) },
    );
  });

  it('should agree on batches of products', async () => {
    await fc.assert(
      fc.asyncProperty(dimension, fc.boolean(), fc.boolean(), seed, async (batch, ta, tb, n) => {
        await expectEnginesToAgree(
          ({ a, b }) => ({ c: tf.matMul(a as tf.Tensor3D, b as tf.Tensor3D, ta, tb) }),
          {
            a: randomInput(ta ? [batch, 3, 2] : [batch, 2, 3], n),
            b: randomInput(tb ? [batch, 4, 3] : [batch, 3, 4], n + 1),
          },
          1e-5,
        );
      }),
      { numRuns: caseCount(5, 15) },
    );
  });
});

describe('matmul of one with many', () => {
  it('should agree where a single matrix meets a batch', async () => {
    await expectEnginesToAgree(
      ({ a, b }) => ({
        one: tf.matMul(a as tf.Tensor3D, b as tf.Tensor3D),
        other: tf.matMul(b as tf.Tensor3D, a as tf.Tensor3D),
      }),
      { a: randomInput([1, 3, 3], 1), b: randomInput([4, 3, 3], 2) },
      1e-5,
    );
  });
});

describe('reduce kernels', () => {
  const reductions = { sum: tf.sum, mean: tf.mean, max: tf.max, min: tf.min, prod: tf.prod };
  it.each(Object.entries(reductions))('should agree on %s over any axes', async (_name, op) => {
    const cases = shape.chain((size) =>
      fc.tuple(
        fc.constant(size),
        fc.subarray(
          size.map((_, axis) => axis),
          { minLength: Math.min(1, size.length) },
        ),
        fc.boolean(),
        seed,
      ),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([size, axes, keepDims, n]) => {
        await expectEnginesToAgree(
          ({ x }) => ({ y: op(x as tf.Tensor, axes, keepDims) }),
          { x: randomInput(size, n) },
          1e-5,
        );
      }),
      { numRuns: caseCount(5, 15) },
    );
  });

  it('should agree on softmax and log-softmax, also of large numbers', async () => {
    await fc.assert(
      fc.asyncProperty(dimension, dimension, seed, async (rows, columns, n) => {
        await expectEnginesToAgree(
          ({ x }) => ({ y: tf.softmax(x as tf.Tensor2D), z: tf.logSoftmax(x as tf.Tensor2D) }),
          { x: randomInput([rows, columns], n, -100, 100) },
          1e-5,
        );
      }),
      { numRuns: caseCount(5, 15) },
    );
  });
});

describe('whole numbers', () => {
  it('should agree on what is made of int32', async () => {
    const x = { shape: [4], dtype: 'int32', values: Int32Array.of(-1, 2, 3, 4) } as const;
    const pure: Pure = ({ x }) => ({
      mean: tf.mean(x as tf.Tensor),
      sum: tf.cast(tf.sum(x as tf.Tensor), 'float32'),
      step: tf.cast(tf.step(x as tf.Tensor), 'float32'),
      square: tf.mul(x as tf.Tensor, x as tf.Tensor),
    });

    await expectEnginesToAgree(pure, { x });
  });
});

describe('shape kernels', () => {
  it('should agree on what only moves elements', async () => {
    const pure: Pure = (inputs) => {
      const x = inputs.x as tf.Tensor3D;
      return {
        reshaped: tf.reshape(x, [4, 6]),
        transposed: tf.transpose(x, [2, 0, 1]),
        sliced: tf.slice(x, [0, 1, 2], [2, -1, 1]),
        'sliced from': tf.slice(x, 1),
        'sliced from to': tf.slice(x, [1, 2], [1]),
        joined: tf.concat([x, tf.slice(x, [0, 0, 0], [2, 1, 4])], 1),
        padded: tf.pad(
          x,
          [
            [0, 1],
            [2, 0],
            [0, 0],
          ],
          3,
        ),
        tiled: tf.tile(x, [2, 1, 3]),
        repeated: tf.broadcastTo(tf.slice(x, [0, 0, 0], [2, 1, 4]), [2, 5, 4]),
        expanded: tf.expandDims(x, 1),
        constant: tf.add(
          tf.transpose(tf.fill([3, 2], 5)),
          tf.slice(tf.ones([4, 4]), [0, 0], [2, 3]),
        ),
      };
    };

    await expectEnginesToAgree(pure, { x: randomInput([2, 3, 4], 9) });
  });
});
