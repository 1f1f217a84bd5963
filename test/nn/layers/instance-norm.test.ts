import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyLayerNorm,
  createInstanceNorm,
  instanceNorm,
} from '../../../src/nn/layers/instance-norm.js';
import { evaluate, expectEnginesToAgree, type Pure, randomInput } from '../../compute/engines.js';

const shape = [2, 4, 3, 2];
const state = createInstanceNorm('n', 2);
const given = { x: randomInput(shape, 3, 1, 5), ...state };

/** Mean and mean square of the values whose index has the same group. */
function momentsOf(values: ArrayLike<number>, groupOf: (index: number) => number) {
  const groups = new Map<number, number[]>();
  Array.from(values).forEach((value, k) => {
    groups.set(groupOf(k), [...(groups.get(groupOf(k)) ?? []), value]);
  });
  const mean = (group: number[]) => group.reduce((sum, value) => sum + value, 0) / group.length;
  return [...groups.values()].map((group) => [mean(group), mean(group.map((v) => v * v))]);
}

const norms = {
  'instance norm': [instanceNorm, (k: number) => Math.floor(k / 24) * 2 + (k % 2), 4],
  'layer norm': [applyLayerNorm, (k: number) => Math.floor(k / 24), 2],
} as const;

describe.each(Object.entries(norms))('%s', (_name, [norm, groupOf, groups]) => {
  it('should give each group mean 0 and variance 1', async () => {
    const pure: Pure = ({ x, ...weights }) => ({ y: norm(weights, 'n', x as tf.Tensor) });

    const { y } = await evaluate('onnx', pure, given);

    const moments = momentsOf(y?.values ?? [], groupOf);
    expect(moments).toHaveLength(groups);
    for (const [mean, square] of moments) {
      expect(mean).toBeCloseTo(0, 4);
      expect(square).toBeCloseTo(1, 3);
    }
  });

  it('should scale and shift each feature', async () => {
    const set = createInstanceNorm('n', 2);
    set['n/scale']?.values.set([2, 3]);
    set['n/shift']?.values.set([5, -1]);
    const pure: Pure = ({ x, ...weights }) => ({ y: norm(weights, 'n', x as tf.Tensor) });

    const { y: plain } = await evaluate('onnx', pure, given);
    const { y } = await evaluate('onnx', pure, { ...given, ...set });

    y?.values.forEach((value, k) => {
      const before = plain?.values[k] as number;
      expect(value).toBeCloseTo(k % 2 === 0 ? 2 * before + 5 : 3 * before - 1, 4);
    });
  });

  it('should do the same on both engines, slopes included', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 2, max: 5 }), async (seed, width) => {
        const pure: Pure = ({ x, ...weights }) => {
          const slope = tf.grad((z) => tf.sum(tf.mul(norm(weights, 'n', z), tf.sin(z))));
          return { y: norm(weights, 'n', x as tf.Tensor), slope: slope(x as tf.Tensor) };
        };

        await expectEnginesToAgree(
          pure,
          { x: randomInput([3, 2, width, 2], seed), ...state },
          1e-4,
        );
      }),
      { numRuns: 10 },
    );
  });
});
