import { type RecordBatch, tableFromArrays } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { groupSequences, ungroupSequences } from '../../../src/augment/sequences/operators.js';
import { fromBatches } from '../../../src/augment/stream/sources.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { exactRows } from '../../data/support/exact.js';

describe('groupSequences', () => {
  it('should group and ungroup as operators of a pipeline', async () => {
    const events = tableFromArrays({
      device: ['a', 'a', 'b'],
      value: Float64Array.from([0.5, 1.5, 2.5]),
    });
    const [batch] = events.batches as [RecordBatch];

    const stream = fromBatches([batch]).pipe(groupSequences({ by: 'device' }), ungroupSequences());

    expect(exactRows(await collect(stream))).toEqual(exactRows([batch]));
  });
});
