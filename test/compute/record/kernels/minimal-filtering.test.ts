import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeBatchSizes } from '../../../../src/compute/onnx/any-batch.js';
import { planOf } from '../../../../src/compute/plan/plan.js';
import type { Node } from '../../../../src/compute/record/graph.js';
import { record } from '../../../../src/compute/record/record.js';
import { anyBatch } from '../../../../src/compute/tensor.js';
import { caseCount } from '../../../support/cases.js';
import { expectEnginesToAgree, randomInput } from '../../engines.js';
import { doubleStrideCases } from '../../windows.js';

const tolerance = 2e-5;

const down = (x: tf.Tensor, w: tf.Tensor) =>
  tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same') as tf.Tensor;

/** Multiplications of numbers in the products of matrices. */
function multiplicationsIn(nodes: readonly Node[]): number {
  return nodes
    .filter(({ operator }) => operator === 'Gemm')
    .reduce((sum, { inputs, outputs, attributes }) => {
      const transposed = 'int' in (attributes.transA ?? {}) && attributes.transA;
      const inner = inputs[0]?.shape[transposed && 'int' in transposed && transposed.int ? 0 : 1];
      const [rows = 0, columns = 0] = outputs[0]?.shape ?? [];
      return sum + rows * columns * (inner as number);
    }, 0);
}

describe('minimal filtering', () => {
  it('should agree on conv2d with filters twice as long as the stride', async () => {
    await fc.assert(
      fc.asyncProperty(doubleStrideCases, async (found) => {
        const { image, filter, strides, pad, outputs, rounding, seed } = found;
        await expectEnginesToAgree(
          ({ x, w }) => ({
            y: tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad, 'NHWC', 1, rounding),
          }),
          {
            x: randomInput(image, seed),
            w: randomInput([...filter, image[3], outputs], seed + 1, -0.5, 0.5),
          },
          tolerance,
        );
      }),
      { numRuns: caseCount(15, 60) },
    );
  });

  it('should agree on both of its gradients', async () => {
    await fc.assert(
      fc.asyncProperty(doubleStrideCases, async (found) => {
        const { image, filter, strides, pad, outputs, rounding, seed } = found;
        await expectEnginesToAgree(
          ({ x, w }) => {
            const slopes = tf.grads((a, b) =>
              tf.sum(
                tf.square(
                  tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad, 'NHWC', 1, rounding),
                ),
              ),
            )([x as tf.Tensor, w as tf.Tensor]);
            return { dx: slopes[0] as tf.Tensor, dw: slopes[1] as tf.Tensor };
          },
          {
            x: randomInput(image, seed, -1, 1),
            w: randomInput([...filter, image[3], outputs], seed + 1, -0.5, 0.5),
          },
          tolerance,
        );
      }),
      { numRuns: caseCount(8, 30) },
    );
  });

  it.each([
    [14, (11 / 14) ** 2],
    [16, (3 / 4) ** 2],
  ])('should multiply less often than there are taps on %i pixels', (side, share) => {
    const x = { shape: [2, side, side, 8], dtype: 'float32' } as const;
    const w = { shape: [4, 4, 8, 16], dtype: 'float32' } as const;
    const plain = 2 * (side / 2) ** 2 * 4 * 4 * 8 * 16;

    const { graph } = record(
      (_state, fed) => ({
        state: {},
        outputs: { y: down(fed.x as tf.Tensor, fed.w as tf.Tensor) },
      }),
      {},
      { x, w },
    );

    expect(multiplicationsIn(graph.nodes) / plain).toBeCloseTo(share, 10);
  });

  it('should make its sums of blocks once for the output and the slope by the filter', () => {
    const inputs = {
      x: { shape: [2, 8, 8, 8], dtype: 'float32' },
      w: { shape: [4, 4, 8, 8], dtype: 'float32' },
    } as const;
    const nodesOf = (outputs: (x: tf.Tensor, w: tf.Tensor) => Record<string, tf.Tensor>) =>
      record(
        (_state, { x, w }) => ({ state: {}, outputs: outputs(x as tf.Tensor, w as tf.Tensor) }),
        {},
        inputs,
      ).graph.nodes.filter(({ operator }) => operator === 'Sub').length;

    const forward = nodesOf((x, w) => ({ y: down(x, w) }));
    const both = nodesOf((x, w) => tf.valueAndGrad((z) => tf.sum(tf.square(down(x, z))))(w));

    expect(forward).toBeGreaterThan(0);
    expect(both).toBe(forward);
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
              [batch, 8, 8, 8],
              2,
              'same',
            );
            return { state: {}, outputs: { y: down(up, w as tf.Tensor) } };
          },
          { w: randomInput([4, 4, 8, 8], 1) },
          { x: { shape: [batch, 4, 4, 8], dtype: 'float32' } },
          { freeze: true },
        ),
      ),
    });

    const { outputs } = mergeBatchSizes(planFor(2), planFor(3));

    expect(outputs.y?.shape).toEqual([anyBatch, 4, 4, 8]);
  });
});
