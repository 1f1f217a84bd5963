import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { caseCount } from '../../../support/cases.js';
import { expectEnginesToAgree, randomInput } from '../../engines.js';
import { expectLinearSlopes } from '../../slopes.js';

const seed = fc.nat();
const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

/** A function of a tensor, drawn for its shape. */
type Drawn = fc.Arbitrary<{ shape: number[]; op: (x: tf.Tensor) => tf.Tensor | tf.Tensor[] }>;

const onAxis = (
  make: (axis: number, shape: number[]) => (x: tf.Tensor) => tf.Tensor | tf.Tensor[],
) =>
  shapes.chain((shape) =>
    fc
      .integer({ min: -shape.length, max: shape.length - 1 })
      .map((axis) => ({ shape, op: make(axis, shape) })),
  );

const mirrored = (mode: 'reflect' | 'symmetric'): Drawn =>
  shapes.chain((shape) => {
    const most = (size: number) => (mode === 'reflect' ? size - 1 : size);
    const side = (size: number) => fc.integer({ min: 0, max: most(size) });
    return fc.tuple(...shape.map((size) => fc.tuple(side(size), side(size)))).map((paddings) => ({
      shape,
      op: (x: tf.Tensor) => tf.mirrorPad(x, paddings as [number, number][], mode),
    }));
  });

const strided: Drawn = shapes.chain((shape) =>
  fc
    .tuple(
      ...shape.map((size) =>
        fc.tuple(
          fc.integer({ min: 0, max: size - 1 }),
          fc.integer({ min: 1, max: size }),
          fc.integer({ min: 1, max: 3 }),
          fc.boolean(),
        ),
      ),
    )
    .map((axes) => {
      // Backwards from the end, or forwards from the start.
      const begin = axes.map(([start, , , back], k) => (back ? (shape[k] as number) - 1 : start));
      const end = axes.map(([start, length, , back], k) =>
        back ? -(shape[k] as number) - 1 : Math.min(shape[k] as number, start + length),
      );
      const strides = axes.map(([, , step, back]) => (back ? -step : step));
      return { shape, op: (x: tf.Tensor) => tf.stridedSlice(x, begin, end, strides) };
    }),
);

const blocks: Drawn = fc
  .tuple(
    fc.integer({ min: 1, max: 2 }),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 2, max: 3 }),
  )
  .map(([batch, size, block]) => ({
    shape: [batch, size, 2, 2 * block ** 2],
    op: (x: tf.Tensor) => tf.depthToSpace(x as tf.Tensor4D, block),
  }));

const cases: Record<string, Drawn> = {
  'depth to space': blocks,
  'reflecting pad': mirrored('reflect'),
  'symmetric pad': mirrored('symmetric'),
  reverse: onAxis((axis) => (x) => tf.reverse(x, axis)),
  'reverse of all axes': shapes.map((shape) => ({ shape, op: (x) => tf.reverse(x) })),
  split: onAxis((axis, shape) => {
    const size = shape.at(axis) as number;
    return (x) => tf.split(x, size > 1 ? [1, size - 1] : 1, axis);
  }),
  stack: onAxis((axis) => (x) => tf.stack([x, tf.mul(x, 2), x], axis)),
  'strided slice': strided,
  unstack: onAxis((axis) => (x) => tf.unstack(x, axis)),
};

const all = (result: tf.Tensor | tf.Tensor[]) => (Array.isArray(result) ? result : [result]);

describe('rearranging kernels', () => {
  it.each(Object.entries(cases))('should agree on %s', async (_name, drawn) => {
    await fc.assert(
      fc.asyncProperty(drawn, seed, async ({ shape, op }, n) => {
        await expectEnginesToAgree(
          ({ x }) => Object.fromEntries(all(op(x as tf.Tensor)).map((y, k) => [`y${k}`, y])),
          { x: randomInput(shape, n) },
        );
      }),
      { numRuns: caseCount(5, 15) },
    );
  });

  it.each(Object.entries(cases))('should have the slopes of %s, twice', async (_name, drawn) => {
    await fc.assert(
      fc.asyncProperty(drawn, seed, async ({ shape, op }, n) => {
        const flat = (x: tf.Tensor) =>
          tf.concat(all(op(x)).map((y, k) => tf.mul(tf.reshape(y, [-1]), k + 1)));
        await expectLinearSlopes(flat, randomInput(shape, n, -1, 1));
      }),
      { numRuns: caseCount(5, 10) },
    );
  });

  it('should agree on a strided slice that drops and adds axes', async () => {
    await expectEnginesToAgree(
      ({ x }) => ({
        y: tf.stridedSlice(x as tf.Tensor, [0, 1, 0], [0, 2, 4], [1, 1, 1], 1, 1, 0, 0, 2),
        z: tf.stridedSlice(x as tf.Tensor, [0, 1], [2, 2], [1, 1], 0, 0, 0, 1),
      }),
      { x: randomInput([2, 3, 4], 1) },
    );
  });
});
