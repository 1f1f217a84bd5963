import type { HostTensors } from '../../../compute/tensor.js';
import { collapseRows } from '../../../encode/table.js';
import { fromOwnRange } from './ranges.js';
import { offsetsOf, type SequenceTable } from './sequence-table.js';
import { hasEnds, type SequenceShape } from './shape.js';

/** A step is there when its chance is at least this. */
const isGoing = 0.5;

/** What a generator gave for `rows` sequences as codes and scalars. */
export function readOutputs(
  shape: SequenceShape,
  outputs: HostTensors,
  rows: number,
): SequenceTable {
  const { attributes, steps } = shape;
  const lengths = lengthsOf(shape, outputs, rows);
  const offsets = offsetsOf(lengths);
  const items = offsets[rows] as number;
  const matrix = new Float32Array(items * steps.width);
  for (let row = 0; row < rows; row++) {
    matrix.set(
      stepsOf(shape, outputs, row, lengths[row] as number),
      (offsets[row] as number) * steps.width,
    );
  }
  const none = new Float32Array(0);
  return {
    rows,
    offsets,
    attributes: {
      rows,
      layout: attributes,
      values: collapseRows(attributes, (outputs.attributes?.values ?? none) as Float32Array, rows),
    },
    steps: { rows: items, layout: steps, values: collapseRows(steps, matrix, items) },
  };
}

function lengthsOf(shape: SequenceShape, { going }: HostTensors, rows: number): Int32Array {
  const { shortest, longest } = shape;
  const lengths = new Int32Array(rows).fill(longest);
  if (!hasEnds(shape) || !going) return lengths;
  for (let row = 0; row < rows; row++) {
    let length = shortest;
    while (length < longest && (going.values[row * longest + length] as number) >= isGoing)
      length++;
    lengths[row] = length;
  }
  return lengths;
}

/** The first steps of one sequence, its numbers within the whole range: [length · width]. */
function stepsOf(
  { steps, longest, ranged }: SequenceShape,
  outputs: HostTensors,
  row: number,
  length: number,
): Float32Array {
  const start = row * longest * steps.width;
  const all = outputs.steps?.values as Float32Array;
  const own = all.slice(start, start + length * steps.width);
  const ranges = outputs.ranges?.values;
  for (let number = 0; ranges && number < ranged; number++) {
    const middle = ranges[row * 2 * ranged + number] as number;
    const half = ranges[row * 2 * ranged + ranged + number] as number;
    for (let step = 0; step < length; step++) {
      const at = step * steps.width + number;
      own[at] = fromOwnRange(own[at] as number, middle, half);
    }
  }
  return own;
}
