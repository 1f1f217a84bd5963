import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelAgreement } from '../../../src/evaluate/translation/dice.js';

describe('labelAgreement', () => {
  it('should give the Dice coefficient of each label, and their mean without the background', () => {
    const truths = [0, 0, 0, 1, 1, 2];
    const found = [0, 0, 1, 1, 2, 2];

    const agreement = labelAgreement(found, truths, [0, 4, 9]);

    expect(agreement).toEqual({
      accuracy: 4 / 6,
      meanDice: (1 / 2 + 2 / 3) / 2,
      labels: [
        { label: 0, pixels: 3, dice: 4 / 5 },
        { label: 4, pixels: 2, dice: 1 / 2 },
        { label: 9, pixels: 1, dice: 2 / 3 },
      ],
    });
  });

  it('should not judge by a label that is nowhere', () => {
    const agreement = labelAgreement([0, 1], [0, 1], [0, 1, 2]);

    expect(agreement.labels.map(({ dice }) => dice)).toEqual([1, 1, null]);
    expect(agreement.meanDice).toBe(1);
  });

  it('should always be 1 for equal maps, and the same whichever of two is the truth', () => {
    const maps = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1 });
    fc.assert(
      fc.property(maps, (pairs) => {
        const [a, b] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)];
        const labels = [0, 1, 2, 3];

        const dice = (one: number[], other: number[]) =>
          labelAgreement(one, other, labels).labels.map((overlap) => overlap.dice);

        expect(dice(a, b)).toEqual(dice(b, a));
        expect(labelAgreement(a, a, labels).accuracy).toBe(1);
        for (const each of dice(a, a)) expect([1, null]).toContain(each);
      }),
    );
  });
});
