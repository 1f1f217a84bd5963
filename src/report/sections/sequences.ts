import type { DrawnSeries } from '../../evaluate/illustrations/drawn-sequences.js';
import type {
  SequenceComparison,
  SeriesComparison,
} from '../../evaluate/sequence/compare-sequences.js';
import { distributionChart } from '../charts/distribution.js';
import { bandsChart, bothChart, extentOf, linesChart } from '../charts/series.js';
import { escapeHtml } from '../escape.js';
import { describeSequences, sequenceMeasures } from '../sequence-measures.js';
import { htmlTable, type TableCell } from '../table.js';
import { type Section, section, wide } from './section.js';

/** Series that are shown at once, of those drawn and of those described; the others are folded up. */
const shown = { drawn: 4, described: 12 };

/** How sequences compare: measures, some of both sides, and each series. */
export function sequences(found: SequenceComparison, drawn: readonly DrawnSeries[]): Section {
  const rows = sequenceMeasures(found).map(({ name, synthetic, real }): TableCell[] => [
    name,
    synthetic,
    real,
  ]);
  const sorted = [...found.series].sort((a, b) => (a.score ?? 1) - (b.score ?? 1));
  const cards = (series: readonly SeriesComparison[]) =>
    `<div class="cards">${series.map(card).join('\n')}</div>`;
  const pairs = (some: readonly DrawnSeries[]) => some.map(sideBySide).join('\n');
  return section(
    'sequences',
    'Sequences',
    `<p>${escapeHtml(describeSequences(found))}. Distances are 0 where sequences are alike, and those of ` +
      'real ones are by chance.</p>',
    wide(htmlTable(['', 'synthetic', 'held out'], rows)),
    '<p class="key"><span class="real-key">real</span> <span class="synthetic-key">synthetic</span></p>',
    ...(drawn.length > 0
      ? ['<h3>Some sequences, side by side</h3>', folded(drawn, shown.drawn, pairs)]
      : []),
    '<h3>Each series, the least alike first</h3>',
    '<p>Its values at all steps; its autocorrelation by the lag; and its median and middle 80 % step by ' +
      'step.</p>',
    folded(sorted, shown.described, cards),
  );
}

/** The first ones, and the others folded up. */
function folded<Item>(
  items: readonly Item[],
  first: number,
  draw: (some: readonly Item[]) => string,
): string {
  const rest = items.slice(first);
  const more = `<details><summary>${rest.length} more series</summary>${draw(rest)}</details>`;
  return draw(items.slice(0, first)) + (rest.length > 0 ? more : '');
}

/** Real sequences of a series to the left, synthetic ones to the right, on the same axes. */
function sideBySide({ series, real, synthetic }: DrawnSeries): string {
  const extent = extentOf([...real, ...synthetic]);
  const panel = (side: 'real' | 'synthetic', lines: DrawnSeries['real']) => {
    const name = `${series}: ${lines.length} ${side} sequences step by step`;
    const caption = `${escapeHtml(series)}, ${side}`;
    return `<figure>${linesChart(name, lines, { side, extent })}<figcaption>${caption}</figcaption></figure>`;
  };
  return `<div class="sides">${panel('real', real)}${panel('synthetic', synthetic)}</div>`;
}

function card({
  column,
  distribution,
  autocorrelation,
  profile,
  ...own
}: SeriesComparison): string {
  const { real, synthetic } = autocorrelation;
  const name = escapeHtml(column);
  const facts = [
    ...(own.score === null ? [] : [`score <b>${own.score.toFixed(3)}</b>`]),
    escapeHtml(own.metric),
  ];
  return (
    `<article><h3 title="${name}">${name}</h3>` +
    distributionChart(`steps of ${column}`, distribution) +
    (real.length > 1
      ? bothChart(`${column}: autocorrelation at lags 1 to ${real.length}`, real, synthetic, 1)
      : '') +
    (profile
      ? bandsChart(
          `${column}: median and middle 80 % step by step`,
          profile.real,
          profile.synthetic,
        )
      : '') +
    `<p>${facts.join(' · ')}</p></article>`
  );
}
