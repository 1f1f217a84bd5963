import type { Evaluation } from '../../evaluate/evaluation.js';
import type { Attacks } from '../../evaluate/privacy/attacks/measure-attacks.js';
import type { Measured } from '../../evaluate/privacy/attacks/measured.js';
import { membershipAttacks } from '../../evaluate/privacy/attacks/membership.js';
import { attacksInWords } from '../../evaluate/privacy/attacks/words.js';
import type { DistanceSummary, Protection } from '../../evaluate/privacy/protection.js';
import { lineChart } from '../charts/line-chart.js';
import { escapeHtml } from '../escape.js';
import { htmlTable, type TableCell } from '../table.js';
import { type Section, section, wide } from './section.js';

/** How close synthetic rows come to real ones, and what attackers get out of them. */
export function privacy({ privacy: own }: Evaluation): Section {
  const { newRows, newRowsOfHoldout, distances, attacks } = own;
  const { holdout } = distances;
  return section(
    'privacy',
    'Privacy',
    attacks ? attacked(attacks) : '',
    '<h3>Distances</h3>',
    wide(
      htmlTable(
        ['', 'synthetic', 'held out', 'random'],
        [
          ['rows that match no real row', newRows.score, newRowsOfHoldout?.score],
          ['rows equal to a real one', newRows.copies, newRowsOfHoldout?.copies],
          [
            'distance to the closest real row, median',
            distances.synthetic.median,
            holdout?.distances.median,
            distances.random.median,
          ],
          [
            'the same, of the closest 5 %',
            distances.synthetic.fifthPercentile,
            holdout?.distances.fifthPercentile,
            distances.random.fifthPercentile,
          ],
          ['closer to a real row than to a held-out one', holdout?.closerToReal],
          [
            'distance over that to the second closest, of the smallest 5 %',
            distances.neighbourRatio,
            holdout?.neighbourRatio,
          ],
        ],
      ),
    ),
    `<div class="figures large">${distancesChart(distances)}</div>`,
  );
}

/** The share of the rows within each distance: synthetic ones left of held-out ones are copies. */
function distancesChart({ synthetic, holdout, random }: Protection): string {
  const line = (name: string, { quantiles }: DistanceSummary) => ({
    name,
    points: quantiles.map((distance, k) => [distance, k / (quantiles.length - 1)] as const),
  });
  return lineChart({
    title: 'Share of the rows within a distance of the closest real row',
    across: 'distance',
    lines: [
      line('synthetic', synthetic),
      ...(holdout ? [line('held out', holdout.distances)] : []),
      line('random', random),
    ],
  });
}

function attacked(attacks: NonNullable<Evaluation['privacy']['attacks']>): string {
  const { rows, attributes, singlingOut, yardsticks } = attacks;
  const named: (readonly [string, Attacks])[] = [
    ['synthetic rows', attacks],
    ...Object.entries(yardsticks),
  ];
  const table = named.map(([name, { membership, attributes: guessed, singlingOut: single }]) => [
    name,
    ...membershipAttacks.map((attack) => inWords(membership[attack].auc)),
    inWords(guessed.excess),
    inWords(single.excess),
  ]);
  const found = membershipAttacks.map((attack): TableCell[] => {
    const { auc, truePositives } = attacks.membership[attack];
    return [attackNames[attack], inWords(auc), inWords(truePositives)];
  });
  const sentences = attacksInWords(attacks).map((text) => `<li>${escapeHtml(text)}</li>`);
  return [
    `<ul>${sentences.join('\n')}</ul>`,
    '<h3>Was a row trained on?</h3>',
    `<p>Attackers who see the synthetic rows are asked of ${rows.members} real rows and ${rows.others} held-out ones which they were made from. AUC 0.5 is guessing, 1 is knowing. Behind each figure its 95 % interval.</p>`,
    wide(htmlTable(['attack', 'AUC', 'found with 1 % taken wrongly'], found)),
    '<h3>Beside rows of makers without a network</h3>',
    '<p>A bootstrap copies rows, so that it shows what hiding nothing looks like. The last two columns are 0 where training rows are no easier to guess, or to single out, than held-out ones.</p>',
    wide(
      htmlTable(
        [
          '',
          ...membershipAttacks.map((attack) => attackNames[attack]),
          'cells guessed',
          'singled out',
        ],
        table,
      ),
    ),
    '<h3>Is a cell told by the rest of its row?</h3>',
    wide(
      htmlTable(
        ['guessed of', 'training rows', 'held-out rows', 'the most frequent value'],
        attributes.columns.map(({ column, members, others, baseline }) => [
          column,
          members,
          others,
          baseline,
        ]),
      ),
    ),
    '<h3>Is one row alone like a guess?</h3>',
    wide(
      htmlTable(
        ['made of', 'hit one training row', 'hit one held-out row'],
        [
          ['synthetic rows', inWords(singlingOut.members), inWords(singlingOut.others)],
          ['random rows', inWords(singlingOut.random)],
        ],
      ),
    ),
  ].join('\n');
}

/** What the attacks are called. */
const attackNames = {
  distance: 'closest synthetic row',
  density: 'density',
  boosting: 'boosted trees',
} as const;

function inWords({ value, low, high }: Measured): string {
  const show = (own: number | null) => own?.toFixed(3) ?? '–';
  return `${show(value)} (${show(low)} to ${show(high)})`;
}
