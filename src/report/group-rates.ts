import type { Fairness } from '../evaluate/utility/fairness.js';

/** What the rates of a group are called, in the order of `fairnessRows`. */
export const rateNames = [
  'base rate',
  'selection rate',
  'true positive rate',
  'false positive rate',
] as const;

/** What models are trained on, in words. */
export const armNames = { real: 'real', synthetic: 'synthetic', augmented: 'both' } as const;

/** A group, what a model was trained on, and its rates. */
export type GroupRow = readonly [group: string, model: string, ...rates: (number | null)[]];

/** The rates of each group under each model, group by group. */
export function fairnessRows(trainedOn: Fairness['trainedOn']): GroupRow[] {
  const arms = Object.keys(armNames) as (keyof typeof armNames)[];
  return trainedOn.real.groups.flatMap(({ group }) =>
    arms.flatMap((arm): GroupRow[] => {
      const own = trainedOn[arm].groups.find((each) => each.group === group);
      if (!own) return [];
      const { baseRate, selectionRate, truePositiveRate, falsePositiveRate } = own;
      const rates = [baseRate, selectionRate, truePositiveRate, falsePositiveRate];
      return [[group, armNames[arm], ...rates]];
    }),
  );
}
