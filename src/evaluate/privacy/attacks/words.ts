import type { Attacks } from './measure-attacks.js';
import type { Measured } from './measured.js';
import { strongestAttack } from './membership.js';

/** What attackers got out of synthetic rows, in sentences that do not flatter. */
export function attacksInWords({ membership, attributes, singlingOut }: Attacks): string[] {
  return [
    describeMembership(membership),
    describeExcess(
      attributes.excess,
      'Who knows all cells of a row but one guesses it',
      'of rows that were learned than of held-out ones: the synthetic rows disclose cells',
    ),
    describeExcess(
      singlingOut.excess,
      'Guesses from synthetic rows hit exactly one row',
      'among rows that were learned than among held-out ones: some can be singled out',
    ),
  ];
}

/** An AUC from which on an attack is worth a warning. */
const warned = 0.6;

function describeMembership(membership: Attacks['membership']): string {
  const { auc, truePositives } = strongestAttack(membership);
  const told =
    `the best of three attacks has AUC ${show(auc)}, where 0.5 is guessing, and finds ` +
    `${percent(truePositives.value)} of them while it takes 1 % of other rows for some.`;
  if ((auc.low ?? 0) <= 0.5) return `No sign that it can be told which rows were learned: ${told}`;
  const much = (auc.value ?? 0) < warned ? ' a little' : '';
  return `Which rows were learned can be told${much}: ${told}`;
}

function describeExcess({ value, low, high }: Measured, what: string, than: string): string {
  const between = `${points(low)} to ${points(high)}`;
  return (low ?? 0) > 0
    ? `${what} ${points(value)} percentage points (${between}) more often ${than}.`
    : `${what} no more often than of held-out rows, as far as can be told (${between} percentage points).`;
}

const show = ({ value, low, high }: Measured) =>
  `${value?.toFixed(3)} (${low?.toFixed(3)} to ${high?.toFixed(3)})`;
const percent = (share: number | null) => `${(100 * (share ?? Number.NaN)).toFixed(1)} %`;
const points = (share: number | null) =>
  `${(100 * (share ?? Number.NaN)).toFixed(1).replace('-', '−')}`;
