import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitHoldout } from '../../../src/augment/fitting/split-holdout.js';
import { createRandom } from '../../../src/random.js';
import { runAtOnce } from '../../../src/threads/run-cooperatively.js';
import { caseCount } from '../../support/cases.js';
import { numberedBatches, numbersOf } from '../support/numbered.js';

describe('splitHoldout', () => {
  it('should put each row on one side, in order, and on the same however they are cut', () => {
    const cuts = fc.array(fc.nat(30), { maxLength: 12 });
    fc.assert(
      fc.property(
        cuts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(5),
        (cut, share, seed) => {
          const rows = cut.reduce((sum, count) => sum + count, 0);
          const split = (batches: ReturnType<typeof numberedBatches>) => {
            const sides = runAtOnce(splitHoldout(batches, share, createRandom(seed)));
            return [numbersOf(sides.training), numbersOf(sides.holdout)] as const;
          };

          const [training, holdout] = split(numberedBatches(cut));
          const whole = split(numberedBatches([rows]));

          const ascending = (a: number, b: number) => a - b;
          expect([training, holdout]).toEqual(whole);
          expect([...training, ...holdout].sort(ascending)).toEqual([...Array(rows).keys()]);
          for (const side of whole) expect([...side].sort(ascending)).toEqual(side);
        },
      ),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should hold out about the share, of a batch that is drawn from in pieces', () => {
    const [batch] = numberedBatches([20_000]);
    const work = splitHoldout([batch as never], 0.2, createRandom(1));

    let turns = 0;
    let step = work.next();
    for (; !step.done; step = work.next()) turns++;

    expect(turns).toBeGreaterThan(3);
    expect(numbersOf(step.value.holdout).length / 20_000).toBeCloseTo(0.2, 1);
  });
});
