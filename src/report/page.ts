import type { Evaluation } from '../evaluate/evaluation.js';
import type { ImageComparison, Likeness } from '../evaluate/image/compare-images.js';
import type { Lift } from '../evaluate/utility/measure-lift.js';
import type { Measure } from '../evaluate/utility/score.js';
import { barChart } from './chart.js';
import { escapeHtml } from './escape.js';
import { describeComparison, imageMeasures } from './image-measures.js';
import { htmlTable, type TableCell } from './table.js';

const style = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
  color: #222; background: #fff; }
h2 { margin-top: 2rem; } table { border-collapse: collapse; }
th, td { padding: .25rem .8rem .25rem 0; text-align: left; border-bottom: 1px solid #ddd; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 16rem; height: 4.4rem; display: block; }
.real { fill: #8a8f98; } .synthetic { fill: #1f6feb; }
.key span { padding: 0 .4rem; color: #fff; } .key .real { background: #8a8f98; }
.key .synthetic { background: #1f6feb; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #16181c; }
  th, td { border-color: #444; } }`;

/** An evaluation as one HTML page that needs nothing else: no scripts, no fonts, no network. */
export function reportPage(evaluation: Evaluation): string {
  const sections = [
    findings(evaluation),
    ...(evaluation.images ? [images(evaluation.images)] : []),
    columns(evaluation),
    links(evaluation),
    detection(evaluation),
    privacy(evaluation),
    ...(evaluation.utility ? [utility(evaluation.utility)] : []),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Synthetic rows: a report</title>
<style>${style}</style>
</head>
<body>
<h1>Synthetic rows: a report</h1>
${sections.join('\n')}
</body>
</html>
`;
}

function section(title: string, ...content: readonly string[]): string {
  return `<section><h2>${escapeHtml(title)}</h2>\n${content.join('\n')}\n</section>`;
}

function findings({ findings: found, rows }: Evaluation): string {
  const counts = Object.entries(rows).flatMap(([table, count]) =>
    count ? [[table, count.total, count.drawn]] : [],
  );
  return section(
    'What was found',
    `<ul>${found.map((finding) => `<li>${escapeHtml(finding)}</li>`).join('\n')}</ul>`,
    htmlTable(['table', 'rows', 'looked at'], counts),
  );
}

function images(comparison: ImageComparison): string {
  const { column, synthetic, real, classes } = comparison;
  const rows = Object.entries(imageMeasures).map(([key, name]): TableCell[] => [
    name,
    synthetic[key as keyof Likeness],
    real?.[key as keyof Likeness],
  ]);
  if (classes) {
    rows.push(['taken for what they are meant to be (GAN-test)', classes.ganTest]);
    rows.push([`classes found, of ${classes.classes}`, classes.found]);
  }
  return section(
    `Images: ${column}`,
    `<p>${comparison.images} images ${describeComparison(comparison)}: these are no Inception scores.</p>`,
    htmlTable(['', 'synthetic', 'real'], rows),
  );
}

function columns({ quality }: Evaluation): string {
  const rows = quality.columns.map((own): TableCell[] => [
    own.column,
    { html: barChart(own.distribution) },
    own.score,
    own.coverage,
    own.nulls.real,
    own.nulls.synthetic,
    own.metric,
  ]);
  const header = [
    'column',
    'cells',
    'score',
    'coverage',
    'null, real',
    'null, synthetic',
    'metric',
  ];
  return section(
    'Columns',
    '<p class="key"><span class="real">real</span> <span class="synthetic">synthetic</span></p>',
    htmlTable(header, rows),
  );
}

function links({ quality }: Evaluation): string {
  const strong = quality.pairs.filter(({ counts }) => counts);
  const sorted = [...strong].sort((a, b) => (a.score ?? 1) - (b.score ?? 1));
  const rows = sorted.map(({ columns: pair, metric, score, real, synthetic }): TableCell[] => [
    pair.join(' – '),
    score,
    real,
    synthetic,
    metric,
  ]);
  const { score, sdmetrics } = quality;
  return section(
    'Strong links between columns, the least alike first',
    htmlTable(['columns', 'score', 'real', 'synthetic', 'metric'], rows),
    htmlTable(
      ['quality score', 'of SDMetrics', 'of SDMetrics, all pairs'],
      [[score, sdmetrics.score, sdmetrics.scoreOfAllPairs]],
    ),
  );
}

function detection({ detection: found }: Evaluation): string {
  const rows = Object.entries(found).map(([name, { score, auc }]): TableCell[] => [
    name,
    score,
    auc.map((own) => own?.toFixed(3) ?? '').join(', '),
  ]);
  return section(
    'Can a classifier tell them apart?',
    htmlTable(['classifier', 'score', 'AUC of each fold'], rows),
  );
}

function privacy({ privacy: { newRows, newRowsOfHoldout, distances } }: Evaluation): string {
  const { holdout } = distances;
  return section(
    'Privacy',
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
  );
}

function utility({ target, model, trainedOn, lift }: Lift): string {
  const show = (value: number | null | undefined) => value?.toFixed(3) ?? '';
  const rows = (Object.keys(lift) as Measure[]).map((measure): TableCell[] => [
    measure,
    trainedOn.real[measure]?.mean,
    trainedOn.synthetic[measure]?.mean,
    trainedOn.augmented[measure]?.mean,
    `${show(lift[measure]?.mean)} (${show(lift[measure]?.low)} to ${show(lift[measure]?.high)})`,
  ]);
  return section(
    `Predicting ${target} on held-out real rows, by ${model}`,
    htmlTable(['', 'real', 'synthetic', 'both', 'gain of both, 95 %'], rows),
  );
}
