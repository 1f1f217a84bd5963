import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { record } from '../../../../src/compute/record/record.js';
import { ComputeError } from '../../../../src/errors.js';
import { caseCount } from '../../../support/cases.js';
import { expectEnginesToAgree, type Pure, randomInput } from '../../engines.js';
import { weigh } from '../../slopes.js';

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });

/** Random whole numbers in [low, high). */
const indices = (shape: number[], low: number, high: number) =>
  fc
    .array(fc.integer({ min: low, max: high - 1 }), {
      minLength: shape.reduce((a, b) => a * b, 1),
      maxLength: shape.reduce((a, b) => a * b, 1),
    })
    .map((values) => ({ shape, dtype: 'int32', values: Int32Array.from(values) }) as const);

const withAxis = shapes.chain((shape) =>
  fc.tuple(fc.constant(shape), fc.integer({ min: 0, max: shape.length - 1 }), fc.nat()),
);

describe('lookup kernels', () => {
  it('should agree on gather along any axis, and on its slopes', async () => {
    const cases = fc
      .tuple(withAxis, shapes)
      .chain(([[shape, axis, seed], of]) =>
        fc.tuple(fc.constant([shape, axis, seed] as const), indices(of, 0, shape[axis] as number)),
      );
    await fc.assert(
      fc.asyncProperty(cases, async ([[shape, axis, seed], at]) => {
        const pure: Pure = ({ x, at }) => {
          const take = (z: tf.Tensor) => tf.gather(z, at as tf.Tensor1D, axis);
          const energy = (z: tf.Tensor) => tf.sum(tf.square(take(z)));
          const slope = (z: tf.Tensor) => tf.grad(energy)(z);
          return {
            y: take(x as tf.Tensor),
            slope: slope(x as tf.Tensor),
            again: tf.grad((z) => weigh(slope(z)))(x as tf.Tensor),
          };
        };

        await expectEnginesToAgree(pure, { x: randomInput(shape, seed), at }, 1e-5);
      }),
      { numRuns: caseCount(5, 20) },
    );
  });

  it('should agree on one-hot rows, also of numbers outside', async () => {
    const cases = shapes.chain((shape) => indices(shape, -1, 6));
    await fc.assert(
      fc.asyncProperty(cases, fc.integer({ min: 2, max: 5 }), async (at, depth) => {
        await expectEnginesToAgree(
          ({ at }) => ({
            plain: tf.cast(tf.oneHot(at as tf.Tensor1D, depth), 'float32'),
            smooth: tf.oneHot(at as tf.Tensor1D, depth, 0.9, 0.05, 'float32'),
          }),
          { at },
        );
      }),
      { numRuns: caseCount(5, 15) },
    );
  });

  it('should agree on sums by segment, and on their slopes', async () => {
    const cases = fc.integer({ min: 1, max: 6 }).chain((rows) => indices([rows], 0, 4));
    await fc.assert(
      fc.asyncProperty(cases, fc.nat(), async (ids, seed) => {
        const pure: Pure = ({ x, ids }) => {
          const sums = (z: tf.Tensor) => tf.unsortedSegmentSum(z, ids as tf.Tensor1D, 4);
          return {
            y: sums(x as tf.Tensor),
            slope: tf.grad((z) => tf.sum(tf.square(sums(z))))(x as tf.Tensor),
          };
        };

        await expectEnginesToAgree(
          pure,
          { x: randomInput([ids.shape[0] as number, 3], seed), ids },
          1e-5,
        );
      }),
      { numRuns: caseCount(5, 15) },
    );
  });

  it('should agree on running sums along the last axis, and on their slopes', async () => {
    await fc.assert(
      fc.asyncProperty(
        withAxis,
        fc.boolean(),
        fc.boolean(),
        async ([shape, axis, seed], exclusive, reverse) => {
          const pure: Pure = ({ x }) => {
            const sums = (z: tf.Tensor) => tf.cumsum(z, axis, exclusive, reverse);
            return {
              y: sums(x as tf.Tensor),
              slope: tf.grad((z) => tf.sum(tf.square(sums(z))))(x as tf.Tensor),
            };
          };

          await expectEnginesToAgree(pure, { x: randomInput(shape, seed) }, 1e-5);
        },
      ),
      { numRuns: caseCount(5, 20) },
    );
  });

  it('should agree on the places of the largest and smallest, the first of equal ones', async () => {
    await fc.assert(
      fc.asyncProperty(withAxis, async ([shape, axis, seed]) => {
        const { values, ...rest } = randomInput(shape, seed);
        await expectEnginesToAgree(
          ({ x }) => ({
            most: tf.argMax(x as tf.Tensor, axis),
            least: tf.argMin(x as tf.Tensor, axis),
          }),
          { x: { ...rest, values: values.map(Math.round) } },
        );
      }),
      { numRuns: caseCount(5, 15) },
    );
  });

  it('should agree on ranges', async () => {
    await expectEnginesToAgree(
      () => ({
        up: tf.range(1, 6, 2),
        down: tf.range(3, 0),
        fine: tf.range(0, 1, 0.25),
        whole: tf.range(2, 5, 1, 'int32'),
      }),
      { x: randomInput([1], 1) },
    );
  });

  it('should refuse batches of indices, and say what to do', () => {
    const recording = () =>
      record(
        (_state, { x, at }) => ({
          state: {},
          outputs: { y: tf.gather(x as tf.Tensor, at as tf.Tensor2D, 1, 1) },
        }),
        {},
        { x: { shape: [2, 3], dtype: 'float32' }, at: { shape: [2, 1], dtype: 'int32' } },
      );

    expect(recording).toThrow(ComputeError);
    expect(recording).toThrow(/batchDims cannot be recorded: x \[2,3\], indices \[2,1\]/);
  });
});
