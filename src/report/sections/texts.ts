import type { TextComparison } from '../../evaluate/text/compare-texts.js';
import { escapeHtml } from '../escape.js';
import { htmlTable, type TableCell } from '../table.js';
import { describeTexts, textMeasures } from '../text-measures.js';
import { type Section, section, wide } from './section.js';

/** How columns of texts compare. */
export function texts(compared: readonly TextComparison[]): Section {
  const tables = compared.map((own) => {
    const rows = textMeasures(own).map(({ name, synthetic, real }): TableCell[] => [
      name,
      synthetic,
      real,
    ]);
    return (
      `<h3>${escapeHtml(own.column)}</h3><p>${escapeHtml(describeTexts(own))}.</p>` +
      wide(htmlTable(['', 'synthetic', 'real'], rows))
    );
  });
  return section(
    'texts',
    'Texts',
    '<p>Divergences are 0 where n-grams are alike, and the same for real texts by chance. Perplexity, a ' +
      'character, is of the texts under a model of the real ones; reverse perplexity of real texts under ' +
      'a model of these: low where texts are plausible and diverse.</p>',
    ...tables,
  );
}
