import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  batchNormEvaluation,
  batchNormTraining,
  createBatchNorm,
  isTrained,
} from '../../../src/nn/layers/batch-norm.js';
import { evaluate, type Pure, randomInput } from '../../compute/engines.js';

const x = randomInput([50, 2], 5, 1, 4);
const column = (values: ArrayLike<number>, k: number) =>
  Array.from(values).filter((_, index) => index % 2 === k);
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('batch normalisation', () => {
  it('should normalise a batch by itself and follow its statistics', async () => {
    const state = createBatchNorm('n', 2);

    const out = await evaluate(
      'onnx',
      ({ x, ...state }) => {
        const { y, updates } = batchNormTraining(state, 'n', x as Tensor2D);
        return {
          y,
          mean: updates['n/runningMean'] as Tensor,
          variance: updates['n/runningVariance'] as Tensor,
        };
      },
      { x, ...state },
    );

    const y = column(out.y?.values ?? [], 0);
    expect(mean(y)).toBeCloseTo(0, 5);
    expect(mean(y.map((v) => v * v))).toBeCloseTo(1, 3);
    const raw = column(x.values, 0);
    const variance = (mean(raw.map((v) => v * v)) - mean(raw) ** 2) * (50 / 49);
    expect(out.mean?.values[0]).toBeCloseTo(0.1 * mean(raw), 5);
    expect(out.variance?.values[0]).toBeCloseTo(0.9 + 0.1 * variance, 5);
  });

  it('should normalise each row for itself in evaluation, by the running statistics', async () => {
    const state = createBatchNorm('n', 2);
    state['n/runningMean']?.values.set([2, 3]);
    state['n/runningVariance']?.values.set([4, 9]);

    const { y } = await evaluate(
      'onnx',
      ({ x, ...state }) => ({ y: batchNormEvaluation(state, 'n', x as Tensor2D) }),
      { x, ...state },
    );

    expect(y?.values[0]).toBeCloseTo(((x.values[0] as number) - 2) / 2, 4);
    expect(y?.values[1]).toBeCloseTo(((x.values[1] as number) - 3) / 3, 4);
  });

  it('should normalise the channels of images over all their pixels', async () => {
    const state = createBatchNorm('n', 2);
    const image = { ...x, shape: [2, 5, 5, 2] };
    const normalise: Pure = ({ x, ...state }) => {
      const { y, updates } = batchNormTraining(state, 'n', x as Tensor);
      return { y, variance: updates['n/runningVariance'] as Tensor };
    };

    const flat = await evaluate('onnx', normalise, { x, ...state });
    const images = await evaluate('onnx', normalise, { x: image, ...state });

    expect(images.y?.shape).toEqual([2, 5, 5, 2]);
    expect(images.y?.values).toEqual(flat.y?.values);
    expect(images.variance).toEqual(flat.variance);
  });

  it('should not count running statistics as trained', () => {
    const names = Object.keys(createBatchNorm('n', 2)).filter(isTrained);

    expect(names).toEqual(['n/scale', 'n/shift']);
  });
});
