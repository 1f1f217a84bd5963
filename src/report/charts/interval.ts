import { acrossOf, axisBelow, type Frame, pixel, svg } from './frame.js';

const lineHeight = 26;

/** A gain with its 95 % interval. */
export interface Interval {
  readonly name: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Intervals below each other, with a line at 0: what lies across it may be chance. */
export function intervalChart(name: string, intervals: readonly Interval[]): string {
  const frame: Frame = {
    ...{ width: 420, height: intervals.length * lineHeight + 24 },
    ...{ left: 130, right: 12, top: 4, bottom: 20 },
  };
  const ends = intervals.flatMap(({ low, high }) => [low, high, 0]);
  const reach = Math.max(...ends.map(Math.abs), 1e-3) * 1.1;
  const x = acrossOf(frame, [-reach, reach]);
  const zero = pixel(x(0));
  const lines = intervals.map(({ name: own, mean, low, high }, k) => {
    const y = frame.top + (k + 0.5) * lineHeight;
    return (
      `<text x="${frame.left - 8}" y="${y + 4}" text-anchor="end">${own}</text>` +
      `<line class="whisker" x1="${pixel(x(low))}" x2="${pixel(x(high))}" y1="${y}" y2="${y}"/>` +
      `<circle class="synthetic" r="4" cx="${pixel(x(mean))}" cy="${y}"/>`
    );
  });
  const middle = `<line class="axis" x1="${zero}" x2="${zero}" y1="${frame.top}" y2="${frame.height - frame.bottom}"/>`;
  return svg(frame, name, middle, ...lines, axisBelow(frame, x));
}
