import type { Evaluation } from '../../evaluate/evaluation.js';
import type { ColumnShape } from '../../evaluate/fidelity/column-shapes.js';
import { distributionChart } from '../charts/distribution.js';
import { percent } from '../charts/frame.js';
import { escapeHtml } from '../escape.js';
import { type Section, section } from './section.js';

/** Columns that are shown at once; the others are folded up, so many each. */
const page = 24;

/** Each column's cells on both sides, the least alike first. */
export function columns({ quality }: Evaluation): Section {
  const sorted = [...quality.columns].sort((a, b) => (a.score ?? 1) - (b.score ?? 1));
  const pages: string[] = [];
  for (let start = 0; start < sorted.length; start += page) {
    const own = sorted.slice(start, start + page);
    const cards = `<div class="cards">${own.map(card).join('\n')}</div>`;
    const range = `columns ${start + 1} to ${start + own.length} of ${sorted.length}`;
    const isFirst = start === 0;
    pages.push(isFirst ? cards : `<details><summary>${range}</summary>${cards}</details>`);
  }
  return section(
    'columns',
    'Columns, the least alike first',
    '<p class="key"><span class="real-key">real</span> <span class="synthetic-key">synthetic</span></p>',
    ...pages,
    sorted.length > page ? search : '',
  );
}

/** Finds columns by their names; without scripts there is no field for it, and all pages can be opened. */
const search = `<script>{
const section = document.getElementById('columns');
const [cards, pages] = ['article', 'details'].map((name) => [...section.querySelectorAll(name)]);
const input = Object.assign(document.createElement('input'), { type: 'search' });
const label = document.createElement('label');
label.append('Find columns: ', input);
section.querySelector('h2').after(label);
input.addEventListener('input', () => {
  const wanted = input.value.trim().toLowerCase();
  for (const card of cards) card.hidden = !card.querySelector('h3').title.toLowerCase().includes(wanted);
  for (const page of pages) {
    page.open = wanted !== '' && page.querySelector('article:not([hidden])') !== null;
    page.hidden = wanted !== '' && !page.open;
  }
});
}</script>`;

function card(shape: ColumnShape): string {
  const { column, distribution, score, coverage, adherence, nulls, metric } = shape;
  const facts = [
    ['score', score],
    ['coverage', coverage],
    ['within real values', adherence],
  ] as const;
  const shown = facts.flatMap(([name, value]) =>
    value === null ? [] : [`${name} <b>${value.toFixed(3)}</b>`],
  );
  const lacks =
    nulls.real > 0 || nulls.synthetic > 0
      ? [`null ${percent(nulls.real)}, synthetic ${percent(nulls.synthetic)}`]
      : [];
  return (
    `<article><h3 title="${escapeHtml(column)}">${escapeHtml(column)}</h3>` +
    `${distributionChart(column, distribution)}` +
    `<p>${[...shown, ...lacks, escapeHtml(metric)].join(' · ')}</p></article>`
  );
}
