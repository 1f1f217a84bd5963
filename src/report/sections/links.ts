import type { Evaluation } from '../../evaluate/evaluation.js';
import type { Accuracy, MarginalAccuracy } from '../../evaluate/fidelity/accuracy.js';
import type { PairTrend } from '../../evaluate/fidelity/pair-trends.js';
import { heatMap, mostColumns } from '../charts/heat-map.js';
import { scatterChart } from '../charts/scatter.js';
import { htmlTable, type TableCell } from '../table.js';
import { type Section, section, wide } from './section.js';

/** Links that the table lists; the download has all. */
const mostLinks = 100;

/** How columns are related on both sides, the links least alike first. */
export function links({ quality, illustrations }: Evaluation): Section {
  const { pairs, score, sdmetrics, accuracy } = quality;
  const strong = pairs.filter(({ counts }) => counts);
  const sorted = [...strong].sort((a, b) => (a.score ?? 1) - (b.score ?? 1));
  const rows = sorted
    .slice(0, mostLinks)
    .map(({ columns, ...pair }): TableCell[] => [
      columns.join(' – '),
      pair.score,
      pair.real,
      pair.synthetic,
      pair.metric,
    ]);
  const rest = sorted.length - rows.length;
  const drawn = (illustrations?.pairs ?? []).map(({ columns: [across, upwards], ...points }) =>
    scatterChart({ title: `${across} and ${upwards}`, across, upwards, ...points }),
  );
  return section(
    'links',
    'Links between columns',
    heatMaps(
      quality.columns.map(({ column }) => column),
      pairs,
    ),
    drawn.length > 0
      ? `<h3>Least alike, drawn</h3><div class="figures">${drawn.join('')}</div>`
      : '',
    strong.length > 0
      ? '<h3>Strong links, the least alike first</h3>'
      : '<p>No link is strong.</p>',
    strong.length > 0
      ? wide(htmlTable(['columns', 'score', 'real', 'synthetic', 'metric'], rows))
      : '',
    rest > 0 ? `<p>${rest} more are in the download.</p>` : '',
    wide(
      htmlTable(
        ['quality score', 'of SDMetrics', 'of SDMetrics, all pairs'],
        [[score, sdmetrics.score, sdmetrics.scoreOfAllPairs]],
      ),
    ),
    accuracyTable(accuracy),
  );
}

function accuracyTable({ synthetic, holdout }: Accuracy): string {
  const line = (name: string, own: MarginalAccuracy): TableCell[] => [
    name,
    own.univariate,
    own.bivariate,
    own.trivariate,
  ];
  return (
    '<h3>One, two and three columns at a time</h3>' +
    '<p>One less the total variation distance from the real rows, of deciles and levels: as near to that of held-out rows as can be, and not above it.</p>' +
    wide(
      htmlTable(
        ['', 'one', 'two', 'three'],
        [line('synthetic', synthetic), ...(holdout ? [line('held out', holdout)] : [])],
      ),
    )
  );
}

function heatMaps(columns: readonly string[], pairs: readonly PairTrend[]): string {
  if (columns.length < 2) return '';
  const shown = columns.length > mostColumns ? mostLinked(columns, pairs) : columns;
  const absolute = (value: number | null) => (value === null ? null : Math.abs(value));
  const maps = [
    heatMap('Real', shown, pairs, ({ real }) => absolute(real)),
    heatMap('Synthetic', shown, pairs, ({ synthetic }) => absolute(synthetic)),
    heatMap('Difference', shown, pairs, ({ real, synthetic }) =>
      real === null || synthetic === null ? null : Math.abs(real - synthetic),
    ),
  ];
  const told =
    shown.length < columns.length
      ? ` The ${shown.length} columns of ${columns.length} that are linked most are shown.`
      : '';
  return (
    `<p>The strength of each link: |correlation| of two numbers, else Cramér's V; dark is 1.${told}</p>` +
    `<div class="figures">${maps.join('')}</div>`
  );
}

/** The columns with the strongest links, in their order. */
function mostLinked(columns: readonly string[], pairs: readonly PairTrend[]): string[] {
  const sums = new Map(columns.map((name) => [name, 0]));
  for (const { columns: names, real } of pairs) {
    for (const name of names) sums.set(name, (sums.get(name) ?? 0) + (real ?? 0) ** 2);
  }
  const chosen = [...columns].sort((a, b) => (sums.get(b) ?? 0) - (sums.get(a) ?? 0));
  const most = new Set(chosen.slice(0, mostColumns));
  return columns.filter((name) => most.has(name));
}
