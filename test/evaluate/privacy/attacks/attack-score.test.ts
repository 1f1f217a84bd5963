import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreAttack } from '../../../../src/evaluate/privacy/attacks/attack-score.js';
import { createRandom } from '../../../../src/random.js';
import { caseCount } from '../../../support/cases.js';

const scores = fc
  .array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 30 })
  .map((values) => Float64Array.from(values));

describe('scoreAttack', () => {
  it('should be the chance that a member is ranked above another row', () => {
    fc.assert(
      fc.property(scores, scores, (members, others) => {
        let above = 0;
        for (const a of members) for (const b of others) above += a > b ? 1 : +(a === b) / 2;

        const { auc } = scoreAttack(members, others, createRandom(1));

        expect(auc.value).toBeCloseTo(above / members.length / others.length, 12);
        expect(auc.low).toBeLessThanOrEqual(auc.high as number);
      }),
      { numRuns: caseCount(30, 300) },
    );
  });

  it('should accuse none of fewer than a hundred others', () => {
    fc.assert(
      fc.property(scores, scores, (members, others) => {
        const highest = Math.max(...others);
        const found = members.filter((score) => score > highest).length;

        const { truePositives } = scoreAttack(members, others, createRandom(1));

        expect(truePositives.value).toBeCloseTo(found / members.length, 12);
      }),
      { numRuns: caseCount(30, 300) },
    );
  });

  it('should accuse one of a hundred others', () => {
    const members = Float64Array.from([5, 3, 1]);
    const others = Float64Array.from({ length: 100 }, (_, k) => (k === 0 ? 4 : 2));

    const { truePositives } = scoreAttack(members, others, createRandom(1));

    expect(truePositives.value).toBeCloseTo(2 / 3, 12);
  });
});
