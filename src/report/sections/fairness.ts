import type { Fairness as GroupFairness } from '../../evaluate/utility/fairness.js';
import { escapeHtml } from '../escape.js';
import { armNames, fairnessRows, rateNames } from '../group-rates.js';
import { htmlTable, type TableCell } from '../table.js';
import { type Section, section, wide } from './section.js';

/** How groups are represented, and treated by models that learn from the rows. */
export function fairness({ column, positive, shares, trainedOn }: GroupFairness): Section {
  const arms = Object.keys(armNames) as (keyof typeof armNames)[];
  const differences = arms.map((arm): TableCell[] => [
    armNames[arm],
    trainedOn[arm].demographicParityDifference.mean,
    trainedOn[arm].equalizedOddsDifference.mean,
  ]);
  const shown = shares.filter(({ real, synthetic }) => real.share > 0 || synthetic.share > 0);
  return section(
    'fairness',
    `Groups of ${column}`,
    `<p>How models that predict '${escapeHtml(positive)}' treat groups of held-out rows, by what they were trained on. Of the extreme groups of at least ten rows, demographic parity compares the shares that are taken for it, and equalised odds those among the rows that are of it, and among the others, whichever differ more: 0 is alike. Which of them matters is not for a figure to say.</p>`,
    wide(
      htmlTable(
        ['trained on', 'demographic parity difference', 'equalised odds difference'],
        differences,
      ),
    ),
    '<h3>Rates by group</h3>',
    wide(
      htmlTable(
        ['group', 'trained on', ...rateNames],
        fairnessRows(trainedOn).map((row) => [...row]),
      ),
    ),
    '<h3>Shares by group</h3>',
    wide(
      htmlTable(
        [
          'group',
          'share of real rows',
          'of synthetic rows',
          'base rate, real',
          'base rate, synthetic',
        ],
        shown.map(({ group, real, synthetic }) => [
          group,
          real.share,
          synthetic.share,
          real.baseRate,
          synthetic.baseRate,
        ]),
      ),
    ),
  );
}
