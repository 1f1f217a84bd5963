import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MixPart, planParts, sourceOfRun } from '../../../src/augment/mixing/mix.js';
import { createRatio } from '../../../src/augment/mixing/ratio.js';
import { caseCount } from '../../support/cases.js';

// Of the highest ratios a few: a case of them makes millions of rows.
const ratios = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 999 }).map((permille) => permille / 1000), weight: 49 },
  { arbitrary: fc.constantFrom(0.9999, 0.99999), weight: 1 },
);

/** The runs of a plan, one by one. */
const runsOf = ({ runs }: MixPart) =>
  Array.from({ length: runs.count }, (_, run) => ({
    real: runs.sources[run] === sourceOfRun.real,
    start: runs.starts[run] as number,
    length: runs.lengths[run] as number,
  }));

/** The output as a string of r and s. */
function spell(parts: Iterable<MixPart>): string {
  return [...parts]
    .flatMap(runsOf)
    .map(({ real, length }) => (real ? 'r' : 's').repeat(length))
    .join('');
}

describe('planParts', () => {
  it('should give one part for few rows, and the same rows in the same order however cut', () => {
    fc.assert(
      fc.property(ratios, fc.nat(1000), fc.nat(60), fc.nat(60), (share, before, a, b) => {
        const ratio = createRatio(share);

        const whole = planParts(ratio, before, a + b, 'interleave');
        const cut = [
          ...planParts(ratio, before, a, 'interleave'),
          ...planParts(ratio, before + a, b, 'interleave'),
        ];

        expect(spell(cut) === spell(whole)).toBe(true);
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should pass on every real row once and in order, and each due row, in bounded parts', () => {
    fc.assert(
      fc.property(
        ratios,
        fc.nat(1000),
        fc.nat(60),
        fc.constantFrom('interleave', 'append'),
        (share, before, rows, placement) => {
          const ratio = createRatio(share);

          const parts = [...planParts(ratio, before, rows, placement as 'append')];

          const real = parts.flatMap(runsOf).filter((run) => run.real);
          let next = 0;
          for (const { start, length } of real) {
            expect(start).toBe(next);
            next += length;
          }
          expect(next).toBe(rows);
          for (const part of parts) {
            const { due } = part;
            const synthetic = runsOf(part).filter((run) => !run.real);
            expect(due).toBeLessThanOrEqual(65_536);
            expect(synthetic.reduce((sum, { length }) => sum + length, 0)).toBe(due);
          }
          const owed = ratio.dueAfter(before + rows) - ratio.dueAfter(before);
          expect(parts.reduce((sum, { due }) => sum + due, 0)).toBe(owed);
        },
      ),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should put all synthetic rows of a batch behind its real ones when appending', () => {
    expect(spell(planParts(createRatio(0.3), 0, 7, 'append'))).toBe('rrrrrrrsss');
    expect(spell(planParts(createRatio(0.3), 0, 7, 'interleave'))).toBe('rrrsrrsrrs');
    expect(spell(planParts(createRatio(0.75), 0, 2, 'interleave'))).toBe('rsssrsss');
  });
});
