import { describe, expect, it } from 'vitest';
import { sliceBatch } from '../../../../src/data/batches/interleave.js';
import { measureYardsticks } from '../../../../src/evaluate/privacy/attacks/yardsticks.js';
import { createRandom } from '../../../../src/random.js';
import { expectedBatches } from '../../expected/tables.js';

describe('measureYardsticks', () => {
  it('should see that copies hide nothing, and margins and links most', async () => {
    const [real, holdout] = [await expectedBatches('real'), await expectedBatches('holdout')];
    const input = { real, holdout, rows: 400, columns: undefined };

    const found = await measureYardsticks(input, createRandom(1));

    const aucOf = (name: keyof typeof found) => found[name]?.membership.distance.auc.value ?? 0;
    expect(aucOf('bootstrap')).toBeGreaterThan(0.75);
    expect(aucOf('SMOTE-NC')).toBeLessThan(aucOf('bootstrap'));
    expect(aucOf('gaussian copula')).toBeLessThan(0.6);
  });

  it('should have none of rows that are too few to say anything', async () => {
    const [real, holdout] = [await expectedBatches('real'), await expectedBatches('holdout')];
    const few = holdout.map((batch) => sliceBatch(batch, 0, 5));

    const found = await measureYardsticks(
      { real, holdout: few, rows: 400, columns: undefined },
      createRandom(1),
    );

    expect(found).toEqual({});
  });
});
