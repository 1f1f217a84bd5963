import type { Evaluation } from '../../evaluate/evaluation.js';
import { htmlTable } from '../table.js';
import { type Section, section, wide } from './section.js';

/** How close synthetic rows come to real ones, beside held-out and random ones. */
export function privacy({
  privacy: { newRows, newRowsOfHoldout, distances },
}: Evaluation): Section {
  const { holdout } = distances;
  return section(
    'privacy',
    'Privacy',
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
        ],
      ),
    ),
  );
}
