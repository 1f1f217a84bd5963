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

const frame: Frame = { width: 320, height: 150, left: 44, right: 8, top: 8, bottom: 20 };

/** Numbers in order, from a place on the horizontal axis; where there is none, the line breaks. */
export type Numbers = readonly (number | null)[];

/** Places of the axes from end to end. */
export interface Extent {
  readonly across: readonly [number, number];
  readonly upwards: readonly [number, number];
}

/** What all of some lines lie in. */
export function extentOf(lines: readonly Numbers[], start = 0): Extent {
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 2);
  const numbers = lines.flat().filter((value) => value !== null);
  return {
    across: [start, start + longest - 1],
    upwards: numbers.length > 0 ? spanWithMargin(numbers) : [-1, 1],
  };
}

/** Some series of one side, each a line. */
export function linesChart(
  name: string,
  lines: readonly Numbers[],
  { side, extent }: { readonly side: 'real' | 'synthetic'; readonly extent: Extent },
): string {
  const [x, y] = [acrossOf(frame, extent.across), upwardsOf(frame, extent.upwards)];
  const paths = lines.map(
    (line, k) =>
      `<path class="${side}-line shade-${k % 3}" d="${pathOf(line, extent.across[0], x, y)}"/>`,
  );
  return svg(frame, name, axisLeft(frame, y, tickLabel), axisBelow(frame, x), ...paths);
}

/** One line of either side over each other, the real one with dots. */
export function bothChart(name: string, real: Numbers, synthetic: Numbers, start: number): string {
  const extent = extentOf([real, synthetic, [0]], start);
  const [x, y] = [acrossOf(frame, extent.across), upwardsOf(frame, extent.upwards)];
  const dots = real.flatMap((value, k) => {
    if (value === null) return [];
    const other = synthetic[k];
    const title = `${start + k}: real ${tickLabel(value)}, synthetic ${other == null ? 'unknown' : tickLabel(other)}`;
    return `<g><title>${escapeHtml(title)}</title><circle class="real" r="3" cx="${pixel(x(start + k))}" cy="${pixel(y(value))}"/></g>`;
  });
  return svg(
    frame,
    name,
    axisLeft(frame, y, tickLabel),
    axisBelow(frame, x),
    `<path class="real-line" d="${pathOf(real, start, x, y)}"/>`,
    ...dots,
    `<path class="synthetic-line" d="${pathOf(synthetic, start, x, y)}"/>`,
  );
}

/** A band of either side: where the middle 80 % of the numbers lie, and their median. */
export interface Band {
  readonly steps: readonly number[];
  readonly low: readonly number[];
  readonly middle: readonly number[];
  readonly high: readonly number[];
}

/** How numbers are spread step by step, real ones as an area and synthetic ones as lines. */
export function bandsChart(name: string, real: Band, synthetic: Band): string {
  const steps = [...real.steps, ...synthetic.steps];
  const numbers = [real, synthetic].flatMap(({ low, high }) => [...low, ...high]);
  if (numbers.length === 0) return '<p class="empty">too few sequences</p>';
  const x = acrossOf(frame, [0, Math.max(...steps, 1)]);
  const y = upwardsOf(frame, spanWithMargin(numbers));
  const along = ({ steps: places }: Band, values: readonly number[]) =>
    places.map((step, k) => `${pixel(x(step))} ${pixel(y(values[k] as number))}`);
  const line = (own: Band, values: readonly number[]) => `M${along(own, values).join('L')}`;
  const area = `M${[...along(real, real.high), ...along(real, real.low).reverse()].join('L')}Z`;
  return svg(
    frame,
    name,
    axisLeft(frame, y, tickLabel),
    axisBelow(frame, x),
    `<path class="real-area" d="${area}"/>`,
    `<path class="real-line" d="${line(real, real.middle)}"/>`,
    `<path class="synthetic-line" d="${line(synthetic, synthetic.middle)}"/>`,
    `<path class="synthetic-line dashed" d="${line(synthetic, synthetic.low)}${line(synthetic, synthetic.high)}"/>`,
  );
}

function pathOf(
  line: Numbers,
  start: number,
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  let isDrawn = false;
  return line
    .map((value, k) => {
      const command = isDrawn ? 'L' : 'M';
      isDrawn = value !== null;
      return value === null ? '' : `${command}${pixel(x(start + k))} ${pixel(y(value))}`;
    })
    .join('');
}
