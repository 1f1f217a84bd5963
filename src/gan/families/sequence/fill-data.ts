import type { Feed } from '../../../compute/program.js';
import { expandRows } from '../../../encode/table.js';
import type { Random } from '../../../random.js';
import { sequenceWidth } from './inputs.js';
import { rangesOf, toOwnRange } from './ranges.js';
import { numbersOf, type SequenceTable } from './sequence-table.js';
import { hasEnds, type SequenceShape } from './shape.js';

/** Fills the real sequences of a step: any of them, each with the same probability. */
export function createSequenceFiller(
  table: SequenceTable,
  shape: SequenceShape,
  batch: number,
): (feed: Feed, random: Random) => void {
  const write = createSequenceWriter(table, shape);
  const rows = new Int32Array(batch);
  return (feed, random) => {
    for (let k = 0; k < batch; k++) rows[k] = random.integer(table.rows);
    write(rows, feed.real as Float32Array);
  };
}

/** Writes sequences as critics see them: attributes, ranges, steps, and which steps there are. */
export function createSequenceWriter(
  table: SequenceTable,
  shape: SequenceShape,
): (rows: Int32Array, target: Float32Array) => void {
  const { attributes, steps, longest, ranged } = shape;
  const ranges = rangesOf(table, shape);
  const numbers = numbersOf(steps).slice(0, ranged);
  const width = sequenceWidth(shape);
  const items = new Int32Array(longest);
  const whole = new Float32Array(attributes.width);
  const series = new Float32Array(longest * steps.width);
  const { offsets } = table;
  return (rows, target) => {
    target.fill(0);
    rows.forEach((row, k) => {
      const at = k * width;
      const start = offsets[row] as number;
      const length = (offsets[row + 1] as number) - start;
      for (let step = 0; step < length; step++) items[step] = start + step;
      expandRows(table.attributes, Int32Array.of(row), whole);
      expandRows(table.steps, items.subarray(0, length), series.subarray(0, length * steps.width));
      const own = ranges.subarray(row * 2 * ranged, (row + 1) * 2 * ranged);
      for (const [number, { isThere }] of numbers.entries()) {
        const [middle, half] = [own[number] as number, own[ranged + number] as number];
        for (let step = 0; step < length; step++) {
          const place = step * steps.width + number;
          series[place] = isThere(table.steps.values, start + step)
            ? toOwnRange(series[place] as number, middle, half)
            : 0;
        }
      }
      target.set(whole, at);
      target.set(own, at + attributes.width);
      const first = at + attributes.width + 2 * ranged;
      target.set(series.subarray(0, length * steps.width), first);
      const flags = first + longest * steps.width;
      if (hasEnds(shape)) target.fill(1, flags, flags + length);
    });
  };
}
