import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradientPenalty } from '../../../src/gan/losses/gradient-penalty.js';
import { applyLeakyRelu } from '../../../src/nn/layers/activations.js';
import { caseCount } from '../../support/cases.js';
import { evaluate, largestDifference, type Pure, randomInput } from '../engines.js';
import { weigh } from '../slopes.js';
import { doubleStrideCases, type WindowCase, windowCases } from '../windows.js';

type Both = (x: tf.Tensor, w: tf.Tensor) => tf.Tensor;

const convolve =
  ({ strides, pad, rounding }: WindowCase, dilations: number | [number, number] = 1): Both =>
  (x, w) =>
    tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad, 'NHWC', dilations, rounding);

/**
 * What is linear in x changes by exactly ⟨slope, v⟩ along v; so for w. Expects it of an operator
 * of both, of its slopes, which are linear too, and so on.
 */
async function expectSlopesOf(op: Both, shapes: number[][], seed: number) {
  const [xShape = [], wShape = []] = shapes;
  const inputs = {
    x: randomInput(xShape, seed, -1, 1),
    w: randomInput(wShape, seed + 1, -1, 1),
    v: randomInput(xShape, seed + 2, -1, 1),
    u: randomInput(wShape, seed + 3, -1, 1),
  };
  const pure: Pure = (fed) => {
    const { x, w, v, u } = fed as Record<'x' | 'w' | 'v' | 'u', tf.Tensor>;
    const byX: Both = (a, b) => tf.grad((z) => weigh(op(z, b)))(a);
    const byW: Both = (a, b) => tf.grad((z) => weigh(op(a, z)))(b);
    const along = (slope: tf.Tensor, way: tf.Tensor) => tf.sum(tf.mul(slope, way));
    return {
      changes: tf.stack([weigh(op(v, w)), weigh(op(x, u)), weigh(byX(x, u)), weigh(byW(v, w))]),
      slopes: tf.stack([
        along(byX(x, w), v),
        along(byW(x, w), u),
        along(tf.grad((z) => weigh(byX(x, z)))(w), u),
        along(tf.grad((z) => weigh(byW(z, w)))(x), v),
      ]),
    };
  };

  const eager = await evaluate('tfjs', pure, inputs);
  const native = await evaluate('onnx', pure, inputs);

  const part = (name: string) => ({ y: { shape: [4], dtype: 'float32', ...eager[name] } }) as never;
  expect(largestDifference(part('slopes'), part('changes'))).toBeLessThan(2e-4);
  expect(largestDifference(native, eager)).toBeLessThan(2e-4);
}

describe('gradients of convolutions', () => {
  it('should be the slopes of conv2d, twice', async () => {
    await fc.assert(
      fc.asyncProperty(windowCases, async (found) => {
        const { image, filter, outputs, seed } = found;
        await expectSlopesOf(convolve(found), [image, [...filter, image[3], outputs]], seed);
      }),
      { numRuns: caseCount(10, 40) },
    );
  });

  it('should be the slopes of conv2d with filters twice as long as the stride, twice', async () => {
    await fc.assert(
      fc.asyncProperty(doubleStrideCases, async (found) => {
        const { image, filter, outputs, seed } = found;
        await expectSlopesOf(convolve(found), [image, [...filter, image[3], outputs]], seed);
      }),
      { numRuns: caseCount(5, 20) },
    );
  });

  it('should be the slopes of conv2dTranspose, twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        windowCases,
        async ({ image, filter, strides, pad, rounding, outputs, seed }) => {
          const whole = [...filter, image[3], outputs] as [number, number, number, number];
          const { outShape } = tf.backend_util.computeConv2DInfo(
            image,
            whole,
            strides,
            1,
            pad,
            rounding,
          );
          const transposed: Both = (x, w) =>
            tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, image, strides, pad, rounding);
          await expectSlopesOf(transposed, [outShape, whole], seed);
        },
      ),
      { numRuns: caseCount(10, 40) },
    );
  });

  it('should be the slopes of depthwise convolutions, twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        windowCases,
        async ({ image, filter, strides, pad, rounding, outputs, seed }) => {
          const dilations = strides.every((stride) => stride === 1) && pad === 'same' ? 2 : 1;
          const depthwise: Both = (x, w) =>
            tf.depthwiseConv2d(
              x as tf.Tensor4D,
              w as tf.Tensor4D,
              strides,
              pad,
              'NHWC',
              dilations,
              rounding,
            );
          const multiplier = Math.min(2, outputs);
          await expectSlopesOf(depthwise, [image, [...filter, image[3], multiplier]], seed);
        },
      ),
      { numRuns: caseCount(10, 40) },
    );
  });

  it('should be the slopes of dilated conv2d, twice', async () => {
    const dilation = fc.integer({ min: 1, max: 3 });
    await fc.assert(
      fc.asyncProperty(
        dilation,
        dilation,
        fc.constantFrom('same' as const, 'valid' as const),
        fc.nat(),
        async (down, across, pad, seed) => {
          const dilated: Both = (x, w) =>
            tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, pad, 'NHWC', [down, across]);
          await expectSlopesOf(
            dilated,
            [
              [2, 7, 8, 2],
              [3, 2, 2, 3],
            ],
            seed,
          );
        },
      ),
      { numRuns: caseCount(5, 15) },
    );
  });

  it('should be the slopes of the gradient penalty of a strided critic', async () => {
    const shapes = { first: [4, 4, 2, 5], second: [3, 3, 5, 4], last: [3 * 2 * 4, 1] };
    const inputs = {
      real: randomInput([3, 9 * 7 * 2], 1, -1, 1),
      fake: randomInput([3, 9 * 7 * 2], 2, -1, 1),
      uniforms: randomInput([3, 1], 3, 0, 1),
      first: randomInput(shapes.first, 4, -0.5, 0.5),
      second: randomInput(shapes.second, 5, -0.5, 0.5),
      last: randomInput(shapes.last, 6, -0.5, 0.5),
    };
    type Fed = Record<keyof typeof inputs, tf.Tensor>;
    const penalty = ({ real, fake, uniforms, first, second, last }: Fed) => {
      const critic = (x: tf.Tensor2D) => {
        const image = tf.reshape(x, [-1, 9, 7, 2]) as tf.Tensor4D;
        const one = applyLeakyRelu(tf.conv2d(image, first as tf.Tensor4D, 2, 'same'));
        const two = applyLeakyRelu(tf.conv2d(one, second as tf.Tensor4D, 2, 'same'));
        return tf.matMul(tf.reshape(two, [-1, 24]), last as tf.Tensor2D) as tf.Tensor2D;
      };
      return gradientPenalty(
        critic,
        real as tf.Tensor2D,
        fake as tf.Tensor2D,
        uniforms as tf.Tensor2D,
      );
    };
    const names = ['first', 'second', 'last'] as const;
    const pure: Pure = (fed) => {
      const slopes = tf.grads((...weights: tf.Tensor[]) =>
        penalty({
          ...(fed as Fed),
          ...Object.fromEntries(names.map((name, k) => [name, weights[k]])),
        }),
      )(names.map((name) => fed[name] as tf.Tensor));
      return Object.fromEntries(names.map((name, k) => [`by ${name}`, slopes[k] as tf.Tensor]));
    };
    // Slope along a way through all weights, by central differences: so near that no LeakyReLU
    // changes sides, where the penalty jumps.
    const step = 2 ** -13;
    const along = async (sign: number) => {
      const moved = names.map((name) => {
        const { values, ...rest } = inputs[name];
        return [
          name,
          { ...rest, values: values.map((value, k) => value + sign * step * Math.sin(k)) },
        ];
      });
      const { y } = await evaluate('tfjs', (fed) => ({ y: penalty(fed as Fed) }), {
        ...inputs,
        ...Object.fromEntries(moved),
      });
      return y?.values[0] as number;
    };

    const eager = await evaluate('tfjs', pure, inputs);
    const native = await evaluate('onnx', pure, inputs);
    const expected = ((await along(1)) - (await along(-1))) / (2 * step);

    const slope = names
      .flatMap((name) =>
        Array.from(eager[`by ${name}`]?.values ?? [], (value, k) => value * Math.sin(k)),
      )
      .reduce((sum, term) => sum + term, 0);
    expect(Math.abs(expected)).toBeGreaterThan(0.1);
    expect(slope / expected).toBeCloseTo(1, 2);
    expect(largestDifference(native, eager)).toBeLessThan(1e-4);
  });
});
