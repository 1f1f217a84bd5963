import type { Distribution } from '../../evaluate/fidelity/distribution.js';
import { escapeHtml } from '../escape.js';
import { shorten } from '../shorten.js';
import {
  acrossOf,
  axisBelow,
  axisLeft,
  type Frame,
  percent,
  pixel,
  svg,
  upwardsOf,
} from './frame.js';

const frame: Frame = { width: 320, height: 150, left: 38, right: 8, top: 8, bottom: 20 };

/** Pixels of a level's line, and of its name. */
const [lineHeight, nameWidth] = [22, 110] as const;

/** Characters of a level's name that are shown. */
const nameLength = 18;

/** The cells of a column on both sides: numbers by bins, categories by their levels. */
export function distributionChart(name: string, distribution: Distribution): string {
  const { labels } = distribution;
  if (labels.length === 0) return '<p class="empty">every cell is null</p>';
  const isNumeric = typeof labels[0] === 'number' || /^\+-?[\d.e+-]+$/.test(String(labels[0]));
  const isBinned = isNumeric && labels.length === 20;
  return isBinned ? histogram(name, distribution) : levels(name, distribution);
}

/** Real shares as filled bars, synthetic ones as a line in steps over them. */
function histogram(name: string, { labels, real, synthetic }: Distribution): string {
  const starts = labels.map((label) => Number(String(label).replace(/^\+/, '')));
  const first = starts[0] as number;
  const width = (starts[1] ?? first + 1) - first || 1;
  const ends: [number, number] = [first, first + width * labels.length];
  const x = acrossOf(frame, ends);
  const y = upwardsOf(frame, [0, Math.max(...real, ...synthetic, 1e-9) * 1.05]);
  const floor = frame.height - frame.bottom;
  const at = (bin: number) => pixel(x(first + bin * width));
  const bars = labels.map((label, bin) => {
    const [a, b] = [real[bin] ?? 0, synthetic[bin] ?? 0];
    const title = `from ${label}: real ${percent(a)}, synthetic ${percent(b)}`;
    const top = pixel(y(a));
    const wide = pixel(at(bin + 1) - at(bin) - 1);
    return (
      `<g><title>${escapeHtml(title)}</title>` +
      `<rect class="real" x="${at(bin)}" y="${top}" width="${wide}" height="${pixel(floor - top)}"/>` +
      `<rect class="hover" x="${at(bin)}" y="${frame.top}" width="${wide}" height="${floor - frame.top}"/></g>`
    );
  });
  const steps = synthetic.map((share, bin) => `V${pixel(y(share))}H${at(bin + 1)}`);
  const line = `<path class="synthetic-line" d="M${at(0)} ${floor}${steps.join('')}V${floor}"/>`;
  const described = `${name}: shares of real and synthetic cells in ${labels.length} bins from ${labels[0]} on`;
  return svg(frame, described, axisLeft(frame, y, percent), ...bars, line, axisBelow(frame, x));
}

/** A line for each level, with a bar for either side. */
function levels(name: string, { labels, real, synthetic }: Distribution): string {
  const own: Frame = {
    ...{ width: frame.width, height: labels.length * lineHeight + 24 },
    ...{ left: nameWidth, right: 44, top: 2, bottom: 20 },
  };
  const x = acrossOf(own, [0, Math.max(...real, ...synthetic, 1e-9)]);
  const bar = (kind: string, share: number, y: number) =>
    `<rect class="${kind}" x="${own.left}" y="${y}" width="${pixel(x(share) - own.left)}" height="8"/>`;
  const lines = labels.map((label, k) => {
    const [a, b] = [real[k] ?? 0, synthetic[k] ?? 0];
    const y = own.top + k * lineHeight;
    const text = shorten(String(label), nameLength);
    return (
      `<g><title>${escapeHtml(`${label}: real ${percent(a)}, synthetic ${percent(b)}`)}</title>` +
      `<text x="${own.left - 5}" y="${y + 13}" text-anchor="end">${escapeHtml(text)}</text>` +
      bar('real', a, y + 1) +
      bar('synthetic', b, y + 10) +
      `<text class="value" x="${pixel(x(Math.max(a, b)) + 4)}" y="${y + 13}">${percent(b)}</text></g>`
    );
  });
  const described = `${name}: shares of real and synthetic cells at ${labels.length} levels`;
  const format = (share: number) => percent(share);
  const floor = own.height - own.bottom;
  const ticks = x.ticks(3).map((tick) => {
    const place = pixel(x(tick));
    return `<text x="${place}" y="${floor + 14}" text-anchor="middle">${format(tick)}</text>`;
  });
  return svg(own, described, ...lines, ...ticks);
}
