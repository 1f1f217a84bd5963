import type { Distribution } from '../evaluate/fidelity/distribution.js';
import { escapeHtml } from './escape.js';

const [width, height] = [260, 70];

/** Shares of real and synthetic cells side by side, as SVG: a pair of bars for each bin or level. */
export function barChart({ labels, real, synthetic }: Distribution): string {
  const highest = Math.max(...real, ...synthetic, 1e-9);
  const step = width / Math.max(1, labels.length);
  const bars = labels.map((label, k) => {
    const [a, b] = [real[k] ?? 0, synthetic[k] ?? 0];
    const title = `${label}: real ${percent(a)}, synthetic ${percent(b)}`;
    return (
      `<g><title>${escapeHtml(title)}</title>` +
      `${bar(k * step, step * 0.42, a / highest, 'real')}` +
      `${bar(k * step + step * 0.45, step * 0.42, b / highest, 'synthetic')}</g>`
    );
  });
  const name = 'shares of real and synthetic cells';
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${name}">${bars.join('')}</svg>`;
}

function bar(x: number, wide: number, share: number, kind: string): string {
  const tall = share * height;
  const numbers = [x, height - tall, wide, tall].map((value) => value.toFixed(1));
  const [left, top, across, down] = numbers;
  return `<rect class="${kind}" x="${left}" y="${top}" width="${across}" height="${down}"/>`;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
