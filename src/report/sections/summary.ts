import type { Evaluation } from '../../evaluate/evaluation.js';
import { escapeHtml } from '../escape.js';
import { htmlTable } from '../table.js';
import { type Section, section, wide } from './section.js';

/** What data, model and options a report is of: names and texts. */
export type Facts = Readonly<Record<string, string>>;

/** The findings, the figures that sum them up, and what they are of. */
export function summary(evaluation: Evaluation, facts: Facts): Section {
  const { findings, rows } = evaluation;
  const counts = Object.entries(rows).flatMap(([table, count]) =>
    count ? [[table, count.total, count.drawn]] : [],
  );
  const told = Object.entries(facts).map(
    ([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`,
  );
  return section(
    'summary',
    'What was found',
    `<div class="figures-of-merit">${figuresOf(evaluation).map(figure).join('')}</div>`,
    `<ul>${findings.map((finding) => `<li>${escapeHtml(finding)}</li>`).join('\n')}</ul>`,
    told.length > 0 ? `<dl>${told.join('')}</dl>` : '',
    wide(htmlTable(['table', 'rows', 'looked at'], counts)),
  );
}

/** A figure, what it is, and what it says. */
type Figure = readonly [name: string, value: string, meaning: string];

function figuresOf({ quality, sequences, detection, privacy, utility }: Evaluation): Figure[] {
  const found = detection.boosting ?? detection.cnn;
  const gain = utility?.lift[utility.measure];
  const figures: (Figure | undefined)[] = [
    of(
      sequences ? 'quality of attributes' : 'quality',
      quality.score,
      '1: columns and links are alike',
    ),
    of('autocorrelations', sequences?.synthetic.autocorrelation, '0: those of real series'),
    of('hard to tell apart', found?.score, '1: a classifier cannot, 0: it always can'),
    of('new rows', privacy.newRows.score, '1: none is like a real row'),
    gain && [
      `gain of ${utility.measure}`,
      typeof gain.mean === 'number' ? `${gain.mean >= 0 ? '+' : ''}${gain.mean.toFixed(3)}` : '–',
      utility.verdict,
    ],
  ];
  return figures.filter((each) => each !== undefined);
}

function of(name: string, value: number | null | undefined, meaning: string): Figure | undefined {
  return typeof value === 'number' ? [name, value.toFixed(3), meaning] : undefined;
}

function figure([name, value, meaning]: Figure): string {
  return `<div><span>${escapeHtml(name)}</span><b>${escapeHtml(value)}</b><small>${escapeHtml(meaning)}</small></div>`;
}
