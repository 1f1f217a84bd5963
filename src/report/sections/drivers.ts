import type { Explanation } from '../../evaluate/explain/explain-model.js';
import { explanationInWords } from '../../evaluate/explain/words.js';
import { htmlTable } from '../table.js';
import { type Section, section, wide } from './section.js';

/** What moves together in the rows that a model makes, and what asking for a level does. */
export function drivers(explanation: Explanation): Section {
  const { directions, conditions } = explanationInWords(explanation);
  const moved = directions.map(({ direction, moves }) => [direction, moves]);
  const asked = conditions.map(({ condition, hits, moves }) => [condition, hits, moves]);
  return section(
    'drivers',
    'What drives a row?',
    moved.length > 0
      ? '<p>Directions of the latent vectors along which most changes: what stands in one line moves together. Correlations.</p>' +
          wide(htmlTable(['direction', 'moves together'], moved))
      : '<p>The model has no latent vectors along which rows change.</p>',
    asked.length > 0
      ? '<p>What asking for a level does to other columns: of numbers in standard deviations, of levels in shares of the rows.</p>' +
          wide(htmlTable(['asked for', 'met by itself', 'moves others'], asked))
      : '<p>No level can be asked for.</p>',
  );
}
