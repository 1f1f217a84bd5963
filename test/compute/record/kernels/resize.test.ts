import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { caseCount } from '../../../support/cases.js';
import { expectEnginesToAgree, randomInput } from '../../engines.js';
import { expectLinearSlopes } from '../../slopes.js';

const length = fc.integer({ min: 1, max: 6 });
const size = fc.integer({ min: 1, max: 9 });
const way = fc.constantFrom([false, false], [true, false], [false, true]);
const drawn = fc.tuple(length, length, size, size, way, fc.nat());
const kinds = { nearest: tf.image.resizeNearestNeighbor, bilinear: tf.image.resizeBilinear };

describe.each(Object.entries(kinds))('resize, %s', (_name, resize) => {
  it('should agree on any sizes', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ([rows, columns, height, width, [corners, centers], seed]) => {
        await expectEnginesToAgree(
          ({ x }) => ({ y: resize(x as tf.Tensor4D, [height, width], corners, centers) }),
          { x: randomInput([2, rows, columns, 2], seed) },
          1e-5,
        );
      }),
      { numRuns: caseCount(8, 30) },
    );
  });

  it('should have the right slopes, twice', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ([rows, columns, height, width, [corners, centers], seed]) => {
        await expectLinearSlopes(
          (x) => resize(x as tf.Tensor4D, [height, width], corners, centers),
          randomInput([2, rows, columns, 2], seed, -1, 1),
        );
      }),
      { numRuns: caseCount(5, 20) },
    );
  });
});
