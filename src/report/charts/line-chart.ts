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
import { spanOf } from './span.js';

const frame: Frame = { width: 480, height: 220, left: 48, right: 10, top: 8, bottom: 34 };

/** How lines are told apart, in grey too. */
const dashes = ['', '7 3', '2 3', '10 3 2 3'] as const;

/** A line over x: a gap where a value is null. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number | null])[];
}

/** Lines over one axis, and what it says. */
export interface LineChart {
  readonly title: string;
  readonly across: string;
  readonly lines: readonly Line[];
  /** Where a vertical line says that something was chosen. Default: none. */
  readonly mark?: number | undefined;
}

/** Draws lines with axes, and a key that names them by their dashes. */
export function lineChart({ title, across, lines, mark }: LineChart): string {
  const points = lines.flatMap((line) => line.points);
  const x = acrossOf(frame, spanOf(points.map(([place]) => place)));
  const heights = points.flatMap(([, height]) => (height === null ? [] : [height]));
  const y = upwardsOf(frame, spanOf(heights));
  const floor = frame.height - frame.bottom;
  const paths = lines.map(({ name, points: own }, k) => {
    let isDrawing = false;
    const moves = own.map(([place, height]) => {
      if (height === null) {
        isDrawing = false;
        return '';
      }
      const move = `${isDrawing ? 'L' : 'M'}${pixel(x(place))} ${pixel(y(height))}`;
      isDrawing = true;
      return move;
    });
    return (
      `<g><title>${escapeHtml(name)}</title>` +
      `<path class="curve" stroke-dasharray="${dashOf(k)}" d="${moves.join('')}"/></g>`
    );
  });
  const marked =
    mark === undefined
      ? ''
      : `<line class="axis" x1="${pixel(x(mark))}" x2="${pixel(x(mark))}" y1="${frame.top}" y2="${floor}"/>`;
  const middle = (frame.left + frame.width - frame.right) / 2;
  const label = `<text x="${middle}" y="${frame.height - 4}" text-anchor="middle">${escapeHtml(across)}</text>`;
  const names = lines.map(({ name }) => name).join(', ');
  const picture = svg(
    frame,
    `${title} over ${across}: ${names}`,
    axisLeft(frame, y, tickLabel, 4),
    marked,
    ...paths,
    axisBelow(frame, x),
    label,
  );
  const key = lines.length > 1 ? `<span class="lines">${lines.map(keyOf).join('')}</span>` : '';
  return `<figure>${picture}<figcaption>${escapeHtml(title)} ${key}</figcaption></figure>`;
}

const dashOf = (line: number): string => dashes[line % dashes.length] as string;

function keyOf({ name }: Line, line: number): string {
  const stroke = `<path class="curve" stroke-dasharray="${dashOf(line)}" d="M0 5H32"/>`;
  return `<span><svg viewBox="0 0 32 10" aria-hidden="true">${stroke}</svg> ${escapeHtml(name)}</span> `;
}
