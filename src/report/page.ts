import type { Evaluation } from '../evaluate/evaluation.js';
import type { Explanation } from '../evaluate/explain/explain-model.js';
import type { TrainingCurves } from '../gan/training/record.js';
import { assertGiven } from '../options/given.js';
import { downloadLink } from './download.js';
import { escapeHtml } from './escape.js';
import { columns } from './sections/columns.js';
import { detection } from './sections/detection.js';
import { drivers } from './sections/drivers.js';
import { fairness } from './sections/fairness.js';
import { images } from './sections/images.js';
import { links } from './sections/links.js';
import { pictures } from './sections/pictures.js';
import { privacy } from './sections/privacy.js';
import { rows } from './sections/rows.js';
import { rules } from './sections/rules.js';
import { sequences } from './sections/sequences.js';
import { type Facts, summary } from './sections/summary.js';
import { texts } from './sections/texts.js';
import { training } from './sections/training.js';
import { translation } from './sections/translation.js';
import { utility } from './sections/utility.js';
import { style } from './style.js';

/** What a report says of itself. */
export interface ReportOptions {
  /** What data, model and options it is of: names and texts, shown at the top. Default: none. */
  readonly facts?: Facts | undefined;
  /** What drives the rows of the model that made the synthetic ones, by `explainModel`. Default: none. */
  readonly explanation?: Explanation | undefined;
  /** How the model was trained, by `recordTraining`. Default: none. */
  readonly training?: TrainingCurves | undefined;
}

const title = 'Synthetic rows: a report';

/**
 * Lays an evaluation out as one HTML page that needs nothing else: no fonts, no network, and scripts for
 * the searching of wide tables alone.
 * It holds the evaluation as JSON, to download.
 */
export function reportPage(evaluation: Evaluation, options: ReportOptions = {}): string {
  assertGiven(evaluation, 'evaluation', 'an evaluation, as evaluate gives it');
  const sections = [
    summary(evaluation, options.facts ?? {}),
    ...(evaluation.utility ? [utility(evaluation.utility)] : []),
    ...(evaluation.translation ? [translation(evaluation.translation)] : []),
    ...(evaluation.utility?.fairness ? [fairness(evaluation.utility.fairness)] : []),
    ...(evaluation.images ? [images(evaluation.images)] : []),
    ...(evaluation.sequences
      ? [sequences(evaluation.sequences, evaluation.illustrations?.sequences ?? [])]
      : []),
    ...(evaluation.illustrations?.pictures ? [pictures(evaluation.illustrations.pictures)] : []),
    ...(evaluation.texts.length > 0 ? [texts(evaluation.texts)] : []),
    columns(evaluation),
    links(evaluation),
    rules(evaluation),
    ...(evaluation.illustrations ? [rows(evaluation.illustrations)] : []),
    ...(options.explanation ? [drivers(options.explanation)] : []),
    ...(options.training ? [training(options.training)] : []),
    detection(evaluation),
    privacy(evaluation),
  ];
  const contents = sections.map(
    ({ id, title: name }) => `<a href="#${id}">${escapeHtml(name)}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${title}</h1>
<nav aria-label="parts of this page">${contents.join('\n')}</nav></header>
<main>
${sections.map(({ html }) => html).join('\n')}
</main>
<footer>${downloadLink(allFigures(evaluation, options))}</footer>
</body>
</html>
`;
}

function allFigures(
  evaluation: Evaluation,
  { explanation, training: curves }: ReportOptions,
): object {
  return {
    ...evaluation,
    ...(explanation ? { explanation } : {}),
    ...(curves ? { training: curves } : {}),
  };
}
