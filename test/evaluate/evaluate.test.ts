import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GanAugmentError } from '../../src/errors.js';
import { evaluate } from '../../src/evaluate/evaluate.js';
import { allTypes, arbitraryBatches, asyncFrom } from '../data/support/arbitrary-batches.js';
import { imagesTable } from '../gan/image/images-table.js';
import { expectedBatches } from './expected/tables.js';

const [real, synthetic, holdout] = await Promise.all([
  expectedBatches('real'),
  expectedBatches('synthetic'),
  expectedBatches('holdout'),
]);
const linear = { holdout, target: 'label', model: 'linear' } as const;

describe('evaluate', () => {
  it('should give the same plain report from a stream as from memory', async () => {
    const streamed = { ...linear, holdout: asyncFrom(holdout) };

    const first = await evaluate(real, synthetic, linear);
    const second = await evaluate(asyncFrom(real), asyncFrom(synthetic), streamed);

    expect(second).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });

  it('should say that copies are copies, and that they do not help', async () => {
    const { findings, utility, privacy } = await evaluate(real, real, linear);

    expect(privacy.newRows.copies).toBe(400);
    expect(findings.join('\n')).toContain('400 of the synthetic rows are equal to a real row');
    expect(findings.join('\n')).toContain('rows were learned by heart');
    expect(utility?.verdict).not.toBe('helps');
  });

  it('should not call rows equal in what it has not compared', async () => {
    const images = [imagesTable(30)];

    const { findings } = await evaluate(images, images);

    expect(findings.join('\n')).toContain("Column 'image' was not compared");
    expect(findings.join('\n')).toContain('a real row in every column that was compared.');
  });

  it('should draw no more rows than it may, and say so', async () => {
    const { rows } = await evaluate(real, synthetic, { rows: 100 });

    expect(rows).toEqual({
      real: { total: 400, drawn: 100 },
      synthetic: { total: 300, drawn: 100 },
      holdout: null,
    });
  });

  it('should evaluate whatever can be compared, and refuse the rest', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryBatches(allTypes, { minColumns: 1 }),
        fc.boolean(),
        async (batches, isHeld) => {
          try {
            const report = await evaluate(batches, batches, isHeld ? { holdout: batches } : {});

            expect(JSON.parse(JSON.stringify(report))).toEqual(report);
          } catch (error) {
            expect(error).toBeInstanceOf(GanAugmentError);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('should end when it is told to', async () => {
    const controller = new AbortController();
    const evaluation = evaluate(real, synthetic, { ...linear, signal: controller.signal });

    controller.abort(new Error('enough'));

    await expect(evaluation).rejects.toThrow('enough');
  });
});
