import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { caseCount } from '../../../support/cases.js';
import { expectEnginesToAgree, type Pure, randomInput } from '../../engines.js';
import { expectLinearSlopes, weigh } from '../../slopes.js';
import { type WindowCase, windowCases } from '../../windows.js';

/** Pools whose every window has a part of the image under it. */
const cases = windowCases.filter(({ image, filter, strides, pad, rounding }) => {
  const whole = [...filter, image[3], 1] as [number, number, number, number];
  const { outHeight, outWidth, padInfo } = tf.backend_util.computeConv2DInfo(
    image,
    whole,
    strides,
    1,
    pad,
    rounding,
  );
  const touches = (count: number, stride: number, before: number, size: number, taps: number) =>
    before < taps && (count - 1) * stride - before < size;
  return (
    touches(outHeight, strides[0], padInfo.top, image[1], filter[0]) &&
    touches(outWidth, strides[1], padInfo.left, image[2], filter[1])
  );
});

const pools = {
  average: (x: tf.Tensor, { filter, strides, pad, rounding }: WindowCase) =>
    tf.avgPool(x as tf.Tensor4D, filter, strides, pad, rounding),
  maximum: (x: tf.Tensor, { filter, strides, pad, rounding }: WindowCase) =>
    tf.maxPool(x as tf.Tensor4D, filter, strides, pad, rounding),
};

describe('pool kernels', () => {
  it.each(Object.entries(pools))('should agree on the %s of any windows', async (_name, pool) => {
    await fc.assert(
      fc.asyncProperty(cases, async (found) => {
        await expectEnginesToAgree(({ x }) => ({ y: pool(x as tf.Tensor, found) }), {
          x: randomInput(found.image, found.seed),
        });
      }),
      { numRuns: caseCount(10, 40) },
    );
  });

  it('should have the right slopes of averages, twice', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (found) => {
        await expectLinearSlopes(
          (x) => pools.average(x, found),
          randomInput(found.image, found.seed, -1, 1),
        );
      }),
      { numRuns: caseCount(8, 30) },
    );
  });

  it('should agree on the slopes of maxima, also where some are equal', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.boolean(), async (found, equal) => {
        const { values, ...rest } = randomInput(found.image, found.seed);
        const pure: Pure = ({ x }) => ({
          slope: tf.grad((z) => weigh(pools.maximum(z, found)))(x as tf.Tensor),
        });

        await expectEnginesToAgree(
          pure,
          { x: { ...rest, values: equal ? values.map(Math.round) : values } },
          1e-5,
        );
      }),
      { numRuns: caseCount(10, 40) },
    );
  });
});
