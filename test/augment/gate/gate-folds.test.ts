import { Int32, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { classesOf, crossFolds } from '../../../src/augment/gate/gate-folds.js';
import { batchOf } from '../../encode/columns.js';

describe('crossFolds', () => {
  it('should test each row in its turn, but learn a class of one row in all', () => {
    const labels = Array.from({ length: 31 }, (_, k) => (k === 17 ? 'fraud' : 'ok'));
    const ids = labels.map((_, k) => k);
    const rows = batchOf([
      ...vectorFromArray(ids, new Int32()).data,
      ...vectorFromArray(labels, new Utf8()).data,
    ]);
    const { codes } = classesOf(rows, 'b');

    const folds = crossFolds(rows, codes, { folds: 3, repeats: 2 }, 1);

    expect(folds).toHaveLength(6);
    for (const { train, test, training } of folds) {
      expect([...train]).toContain(17);
      expect([...train, ...test].sort((a, b) => a - b)).toEqual(ids);
      expect(training[0]?.getChild('a')?.toArray()).toEqual(train);
    }
    for (const repeat of [0, 1]) {
      const tested = folds
        .filter((fold) => fold.repeat === repeat)
        .flatMap(({ test }) => [...test]);
      expect(tested.sort((a, b) => a - b)).toEqual(ids.filter((id) => id !== 17));
    }
  });
});
