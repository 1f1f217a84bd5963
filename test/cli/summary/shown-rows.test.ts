import { tableFromArrays } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { describeRows } from '../../../src/cli/summary/shown-rows.js';

describe('describeRows', () => {
  it('should show the first of the synthetic rows, without the mark', () => {
    const { batches } = tableFromArrays({
      name: ['a', 'bb', 'c', 'd'],
      made: [false, true, true, true],
      x: [1, null, 3, 4],
    });

    const lines = describeRows(batches, 'made', 2);

    expect(lines).toEqual(['name  x', 'bb    null', 'c     3']);
  });
});
