import type { TranslationEvaluation } from '../../evaluate/translation/translation-evaluation.js';
import { escapeHtml } from '../escape.js';
import { htmlTable } from '../table.js';
import { describeTranslation, translationTables } from '../translation-measures.js';
import { type Section, section, wide } from './section.js';

/** How near what a model makes of held-out rows comes to their truth, and some of it to look at. */
export function translation(evaluation: TranslationEvaluation): Section {
  const { examples, domains, rows } = evaluation;
  const tables = translationTables(evaluation).map(({ header, rows: cells }) =>
    wide(htmlTable(header, cells)),
  );
  return section(
    'translation',
    'Translation, on held-out rows',
    `<p>${escapeHtml(describeTranslation(evaluation))}, of ${rows.drawn} held-out rows.</p>`,
    ...tables,
    examples === null ? '' : drawn(examples, domains),
  );
}

function drawn(examples: string, domains: TranslationEvaluation['domains']): string {
  const last = domains ? domains.cycleError && 'what came back of it' : 'the truth';
  const columns = ['what went in', 'what was made of it', ...(last ? [last] : [])].join(', ');
  return (
    `<p>In columns: ${columns}.</p>` +
    `<img class="examples" alt="${columns}, row by row" src="${escapeHtml(examples)}">` +
    '<p>Real rows are among them: share this page as you would share them.</p>'
  );
}
