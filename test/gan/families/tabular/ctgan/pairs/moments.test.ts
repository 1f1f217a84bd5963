import type { Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expandRows } from '../../../../../../src/encode/table.js';
import {
  pairErrors,
  pairMomentsOf,
} from '../../../../../../src/gan/families/tabular/ctgan/pairs/match.js';
import { pairMoments } from '../../../../../../src/gan/families/tabular/ctgan/pairs/moments.js';
import {
  indexRows,
  rowWeights,
} from '../../../../../../src/gan/families/tabular/ctgan/row-index.js';
import { evaluate } from '../../../../../compute/engines.js';
import { smallTable } from '../../small-table.js';

const rows = 100;
const table = smallTable(rows);
const even = new Float64Array(rows).fill(1 / rows);

function matrix() {
  const values = new Float32Array(rows * table.layout.width);
  expandRows(
    table,
    Int32Array.from({ length: rows }, (_, row) => row),
    values,
  );
  return { shape: [rows, table.layout.width], dtype: 'float32', values } as const;
}

describe('pairMoments', () => {
  it.each([
    ['all rows', []],
    ['each level of a category', [5, 6]],
  ])('should be those of the rows themselves, within %s', async (_name, contexts) => {
    const target = pairMoments(table, even, contexts);

    const { errors } = await evaluate(
      'onnx',
      ({ x }) => ({ errors: pairErrors(target, pairMomentsOf(target, x as Tensor2D)) }),
      { x: matrix() },
    );

    const sizes = Array.from(errors?.values ?? [1], Math.abs);
    expect(Math.max(...sizes)).toBeLessThan(1e-4);
  });

  it('should be of features with mean 0 and scale 1, and a constant', () => {
    const { features, moments } = pairMoments(table, even, []);

    const size = features.count + 1;
    const cell = (i: number, j: number) => moments[i * size + j] as number;
    expect(cell(size - 1, size - 1)).toBeCloseTo(1, 6);
    for (let i = 0; i + 1 < size; i++) {
      expect(cell(i, size - 1)).toBeCloseTo(0, 6);
      if (cell(i, i) !== 0) expect(cell(i, i)).toBeCloseTo(1, 4);
    }
  });

  it('should leave out the rarest levels of a wide column', () => {
    const { features } = pairMoments(table, even, [], 6);

    expect(features.count).toBeLessThan(pairMoments(table, even, []).features.count);
  });
});

describe('rowWeights', () => {
  it('should be the probabilities with which rows are drawn: even by frequency', () => {
    const weights = rowWeights(indexRows(table, 1));

    for (const weight of weights) expect(weight).toBeCloseTo(1 / rows, 9);
  });

  it('should favour rows of rare categories by the logarithm of their counts', () => {
    const weights = rowWeights(indexRows(table, 'log'));

    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
    expect(Math.max(...weights)).toBeGreaterThan(1 / rows);
  });
});
