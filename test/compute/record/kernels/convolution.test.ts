import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeBatchSizes } from '../../../../src/compute/onnx/any-batch.js';
import { planOf } from '../../../../src/compute/plan/plan.js';
import { record } from '../../../../src/compute/record/record.js';
import { anyBatch } from '../../../../src/compute/tensor.js';
import { ComputeError } from '../../../../src/errors.js';
import { caseCount } from '../../../support/cases.js';
import { expectEnginesToAgree, randomInput } from '../../engines.js';
import { windowCases } from '../../windows.js';

const tolerance = 1e-5;

describe('convolution kernels', () => {
  it('should agree on conv2d of any stride and padding', async () => {
    await fc.assert(
      fc.asyncProperty(
        windowCases,
        async ({ image, filter, strides, pad, outputs, rounding, seed }) => {
          await expectEnginesToAgree(
            ({ x, w }) => ({
              y: tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad, 'NHWC', 1, rounding),
            }),
            {
              x: randomInput(image, seed),
              w: randomInput([...filter, image[3], outputs], seed + 1),
            },
            tolerance,
          );
        },
      ),
      { numRuns: caseCount(15, 60) },
    );
  });

  it('should agree on dilated conv2d', async () => {
    const dilation = fc.integer({ min: 1, max: 3 });
    await fc.assert(
      fc.asyncProperty(
        dilation,
        dilation,
        fc.constantFrom('same' as const, 'valid' as const),
        fc.constantFrom(1, 2, 7),
        fc.nat(),
        async (down, across, pad, inputs, seed) => {
          await expectEnginesToAgree(
            ({ x, w }) => ({
              y: tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, pad, 'NHWC', [down, across]),
            }),
            {
              x: randomInput([2, 8, 7, inputs], seed),
              w: randomInput([3, 2, inputs, 2], seed + 1),
            },
            tolerance,
          );
        },
      ),
      { numRuns: caseCount(5, 20) },
    );
  });

  it('should agree on conv2dTranspose of any stride and padding', async () => {
    await fc.assert(
      fc.asyncProperty(
        windowCases,
        async ({ image, filter, strides, pad, outputs, rounding, seed }) => {
          const { outHeight, outWidth } = tf.backend_util.computeConv2DInfo(
            image,
            [...filter, image[3], outputs],
            strides,
            1,
            pad,
            rounding,
          );
          await expectEnginesToAgree(
            ({ x, w }) => ({
              y: tf.conv2dTranspose(
                x as tf.Tensor4D,
                w as tf.Tensor4D,
                image,
                strides,
                pad,
                rounding,
              ),
            }),
            {
              x: randomInput([image[0], outHeight, outWidth, outputs], seed),
              w: randomInput([...filter, image[3], outputs], seed + 1),
            },
            tolerance,
          );
        },
      ),
      { numRuns: caseCount(15, 60) },
    );
  });

  it('should agree on depthwise conv2d of any stride, padding and multiplier', async () => {
    await fc.assert(
      fc.asyncProperty(
        windowCases,
        fc.integer({ min: 1, max: 2 }),
        async ({ image, filter, strides, pad, rounding, outputs, seed }, dilation) => {
          const dilations =
            strides.every((stride) => stride === 1) && pad === 'same' ? dilation : 1;
          await expectEnginesToAgree(
            ({ x, w }) => ({
              y: tf.depthwiseConv2d(
                x as tf.Tensor4D,
                w as tf.Tensor4D,
                strides,
                pad,
                'NHWC',
                dilations,
                rounding,
              ),
            }),
            {
              x: randomInput(image, seed),
              w: randomInput([...filter, image[3], Math.min(2, outputs)], seed + 1),
            },
            tolerance,
          );
        },
      ),
      { numRuns: caseCount(10, 40) },
    );
  });

  it('should agree on the slope by the filter of any stride and padding', async () => {
    await fc.assert(
      fc.asyncProperty(
        windowCases,
        async ({ image, filter, strides, pad, outputs, rounding, seed }) => {
          const shape = [...filter, image[3], outputs];
          await expectEnginesToAgree(
            ({ x, w }) => {
              const convolve = (z: tf.Tensor) =>
                tf.conv2d(x as tf.Tensor4D, z as tf.Tensor4D, strides, pad, 'NHWC', 1, rounding);
              return { dw: tf.grad((z) => tf.sum(tf.square(convolve(z))))(w as tf.Tensor) };
            },
            { x: randomInput(image, seed), w: randomInput(shape, seed + 1, -0.5, 0.5) },
            5e-5,
          );
        },
      ),
      { numRuns: caseCount(15, 60) },
    );
  });

  it('should pick the patches of an image once for the output and the slope by the filter', () => {
    const image = { shape: [2, 8, 8, 3], dtype: 'float32' } as const;
    const filter = { shape: [4, 4, 3, 5], dtype: 'float32' } as const;

    const { graph } = record(
      (_state, { x, w }) => {
        const convolve = (z: tf.Tensor) =>
          tf.conv2d(x as tf.Tensor4D, z as tf.Tensor4D, 2, 'same') as tf.Tensor;
        const { value, grad } = tf.valueAndGrad((z) => tf.sum(tf.square(convolve(z))))(
          w as tf.Tensor,
        );
        return { state: {}, outputs: { value, grad } };
      },
      {},
      { x: image, w: filter },
    );

    expect(graph.nodes.filter(({ operator }) => operator === 'Gather')).toHaveLength(1);
    expect(graph.nodes.filter(({ operator }) => operator === 'Gemm')).toHaveLength(2);
  });

  it('should be written so that only shapes follow the size of the batch', () => {
    const planFor = (batch: number) => ({
      batch,
      plan: planOf(
        record(
          ({ w }, { x }) => {
            const up = tf.conv2dTranspose(
              x as tf.Tensor4D,
              w as tf.Tensor4D,
              [batch, 8, 8, 4],
              2,
              'same',
            );
            const y = tf.conv2d(up, tf.ones([3, 3, 4, 1]) as tf.Tensor4D, 1, 'same');
            return { state: {}, outputs: { y } };
          },
          { w: randomInput([4, 4, 4, 4], 1) },
          { x: { shape: [batch, 4, 4, 4], dtype: 'float32' } },
          { freeze: true },
        ),
      ),
    });

    const { outputs } = mergeBatchSizes(planFor(2), planFor(3));

    expect(outputs.y?.shape).toEqual([anyBatch, 8, 8, 1]);
  });

  it('should refuse images with their channels first, and say what to do', () => {
    const recording = () =>
      record(
        (_state, { x, w }) => ({
          state: {},
          outputs: { y: tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same', 'NCHW') },
        }),
        {},
        {
          x: { shape: [1, 3, 8, 8], dtype: 'float32' },
          w: { shape: [3, 3, 3, 2], dtype: 'float32' },
        },
      );

    expect(recording).toThrow(ComputeError);
    expect(recording).toThrow(/channels last: NCHW of shape \[1,3,8,8\]. Transpose/);
  });
});
