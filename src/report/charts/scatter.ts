import type { Point } from '../../evaluate/illustrations/row-map.js';
import { escapeHtml } from '../escape.js';
import {
  acrossOf,
  axisBelow,
  axisLeft,
  type Frame,
  pixel,
  svg,
  tickLabel,
  upwardsOf,
} from './frame.js';
import { spanWithMargin } from './span.js';

const frame: Frame = { width: 340, height: 260, left: 44, right: 8, top: 8, bottom: 34 };

/** Points of both sides in one plane: real ones are discs, synthetic ones crosses. */
export interface Scatter {
  readonly title: string;
  readonly across: string;
  readonly upwards: string;
  readonly real: readonly Point[];
  readonly synthetic: readonly Point[];
}

/** Draws points with axes; the farthest of each thousand may lie outside. */
export function scatterChart({ title, across, upwards, real, synthetic }: Scatter): string {
  const all = [...real, ...synthetic];
  const x = acrossOf(frame, spanWithMargin(all.map((point) => point[0])));
  const y = upwardsOf(frame, spanWithMargin(all.map((point) => point[1])));
  const discs = real.map(
    (point) =>
      `<circle class="real" r="2.2" cx="${pixel(x(point[0]))}" cy="${pixel(y(point[1]))}"/>`,
  );
  const crosses = synthetic.map((point) => {
    const [left, top] = [pixel(x(point[0])), pixel(y(point[1]))];
    return `M${pixel(left - 2)} ${pixel(top - 2)}l4 4m0-4l-4 4`;
  });
  const middle = (frame.left + frame.width - frame.right) / 2;
  const description = `${title}: ${real.length} real and ${synthetic.length} synthetic points`;
  const picture = svg(
    frame,
    description,
    axisLeft(frame, y, tickLabel, 5),
    axisBelow(frame, x),
    ...discs,
    `<path class="cross" d="${crosses.join('')}"/>`,
    `<text x="${middle}" y="${frame.height - 4}" text-anchor="middle">${escapeHtml(across)}</text>`,
    `<text x="12" y="${frame.height / 2}" text-anchor="middle" transform="rotate(-90 12 ${frame.height / 2})">${escapeHtml(upwards)}</text>`,
  );
  return `<figure>${picture}<figcaption>${escapeHtml(title)}</figcaption></figure>`;
}
