import type { MeasuredAttack } from '../../../gan/model/measured-attack.js';

/** How well the best attack on a model did. */
export function attackInWords({ name, auc, low, high, rows }: MeasuredAttack): string {
  const show = (value: number) => value.toFixed(3);
  return (
    `a membership attack (${name}) tells rows that the model was trained on with an AUC of ${show(auc)} ` +
    `(95 %: ${show(low)} to ${show(high)}; ${rows.members} of them and ${rows.others} held-out rows were tried)`
  );
}
