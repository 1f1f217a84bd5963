import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { escapeHtml } from '../escape.js';

/** A chart's size and the room around what is drawn, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly bottom: number;
  readonly top: number;
  readonly right: number;
}

/** An SVG picture with a name for those who do not see it. */
export function svg({ width, height }: Frame, name: string, ...content: readonly string[]): string {
  return (
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(name)}">` +
    `${content.join('')}</svg>`
  );
}

/** Places along a chart, left to right, with round ends. */
export function acrossOf(
  frame: Frame,
  domain: readonly [number, number],
): ScaleLinear<number, number> {
  return scaleLinear()
    .domain(domain)
    .range([frame.left, frame.width - frame.right]);
}

/** Places of a chart, from the bottom upwards. */
export function upwardsOf(
  frame: Frame,
  domain: readonly [number, number],
): ScaleLinear<number, number> {
  return scaleLinear()
    .domain(domain)
    .range([frame.height - frame.bottom, frame.top]);
}

/** The horizontal axis, with about `count` round numbers. */
export function axisBelow(frame: Frame, scale: ScaleLinear<number, number>, count = 5): string {
  const y = frame.height - frame.bottom;
  const ticks = scale.ticks(count).map((tick) => {
    const x = pixel(scale(tick));
    return (
      `<line class="tick" x1="${x}" x2="${x}" y1="${y}" y2="${y + 4}"/>` +
      `<text x="${x}" y="${y + 14}" text-anchor="${anchorAt(frame, x)}">${escapeHtml(tickLabel(tick))}</text>`
    );
  });
  const line = `<line class="axis" x1="${frame.left}" x2="${frame.width - frame.right}" y1="${y}" y2="${y}"/>`;
  return line + ticks.join('');
}

/** How a label is set at a place: at the right edge it would leave the picture. */
const anchorAt = ({ width }: Frame, x: number) => (x > width - 16 ? 'end' : 'middle');

/** The vertical axis, with faint lines across the chart. */
export function axisLeft(
  frame: Frame,
  scale: ScaleLinear<number, number>,
  format: (value: number) => string,
  count = 3,
): string {
  return scale
    .ticks(count)
    .map((tick) => {
      const y = pixel(scale(tick));
      return (
        `<line class="grid" x1="${frame.left}" x2="${frame.width - frame.right}" y1="${y}" y2="${y}"/>` +
        `<text x="${frame.left - 4}" y="${y + 3}" text-anchor="end">${escapeHtml(format(tick))}</text>`
      );
    })
    .join('');
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });

/** A round number as an axis shows it: 0.25, 300, 12.5K. */
export function tickLabel(value: number): string {
  if (Math.abs(value) >= 1e4 && Math.abs(value) < 1e15) return compact.format(value);
  return String(Number(value.toPrecision(6))).replace('-', '−');
}

/** A length or place with one decimal, which is as fine as anyone sees. */
export const pixel = (value: number): number => Number(value.toFixed(1));

export const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
