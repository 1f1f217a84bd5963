import type { PairTrend } from '../../evaluate/fidelity/pair-trends.js';
import { escapeHtml } from '../escape.js';
import { shorten } from '../shorten.js';
import { type Frame, pixel, svg } from './frame.js';

/** Columns that a heat map shows, at most. */
export const mostColumns = 40;

/** Pixels of a heat map's cells together, and of the names beside them. */
const [size, names] = [260, 90] as const;

/** Characters of a column's name that are shown. */
const nameLength = 12;

/**
 * The strength of each link between columns: |correlation| or Cramér's V, from nothing (empty) to 1
 * (dark).
 *
 * @param strengthOf in [0, 1]; null where it cannot be measured.
 */
export function heatMap(
  title: string,
  columns: readonly string[],
  pairs: readonly PairTrend[],
  strengthOf: (pair: PairTrend) => number | null,
): string {
  const places = new Map(columns.map((name, k) => [name, k]));
  const cell = size / columns.length;
  const cells = pairs.flatMap((pair) => {
    const [i, j] = pair.columns.map((name) => places.get(name));
    const strength = strengthOf(pair);
    if (i === undefined || j === undefined || strength === null) return [];
    const text = `${pair.columns.join(' – ')}: ${strength.toFixed(2)}`;
    const shade = Math.min(1, Math.abs(strength)).toFixed(2);
    const square = ([row, column]: readonly [number, number]) =>
      `<rect class="heat" style="fill-opacity:${shade}" x="${pixel(names + column * cell)}" ` +
      `y="${pixel(row * cell)}" width="${pixel(cell - 0.5)}" height="${pixel(cell - 0.5)}"/>`;
    return [`<g><title>${escapeHtml(text)}</title>${square([i, j])}${square([j, i])}</g>`];
  });
  const isRoomy = cell >= 9;
  const labels = columns.map((name, k) => {
    if (!isRoomy) return '';
    const place = pixel((k + 0.5) * cell);
    const text = escapeHtml(shorten(name, nameLength));
    const across = names + place;
    return (
      `<text x="${names - 4}" y="${place + 3}" text-anchor="end">${text}</text>` +
      `<text x="${across}" y="${size + 8}" text-anchor="end" transform="rotate(-60 ${across} ${size + 8})">${text}</text>`
    );
  });
  const frame: Frame = {
    ...{ width: size + names, height: size + (isRoomy ? 80 : 6) },
    ...{ left: names, right: 0, top: 0, bottom: 80 },
  };
  const border = `<rect class="border" x="${names}" y="0" width="${size}" height="${size}"/>`;
  const description = `${title}: the strength of the link of each of ${columns.length} columns with each other`;
  return `<figure>${svg(frame, description, border, ...cells, ...labels)}<figcaption>${escapeHtml(title)}</figcaption></figure>`;
}
