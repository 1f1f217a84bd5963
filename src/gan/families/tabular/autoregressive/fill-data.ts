import type { Feed } from '../../../../compute/program.js';
import type { EncodedTable } from '../../../../encode/table.js';
import type { Random } from '../../../../random.js';
import { createOrders } from '../../../training/epoch-order.js';
import { type CodeSpan, codesWidth } from './code-order.js';
import type { AutoregressiveRecipe } from './recipe.js';

/** One-hot codes of chosen rows, row after row in the order of the spans, into `target`. */
export function expandCodes(
  table: EncodedTable,
  spans: readonly CodeSpan[],
  rowAt: (place: number) => number,
  rows: number,
  target: Float32Array,
): void {
  const width = codesWidth(spans);
  target.fill(0, 0, rows * width);
  for (let k = 0; k < rows; k++) {
    const row = rowAt(k);
    for (const { index, start } of spans) {
      target[k * width + start + ((table.values[index] as Int32Array)[row] as number)] = 1;
    }
  }
}

/**
 * Fills the rows of a step, each once in an epoch, and the columns that are known beforehand: in some
 * of the steps one or a few, the target, which is last, in half of these.
 *
 * @param random Gives the order of the rows.
 */
export function createDataFiller(
  table: EncodedTable,
  spans: readonly CodeSpan[],
  { batch, conditions }: AutoregressiveRecipe,
  random: Random,
) {
  const orderOf = createOrders(table.rows, random);
  const columns = [...new Set(spans.map(({ column }) => column))];
  const draw = (own: Random) => {
    const known = new Set<number>();
    if (own.uniform() >= conditions || columns.length < 2) return known;
    if (own.uniform() < 0.5) known.add(columns.at(-1) as number);
    while (known.size === 0 || (own.uniform() < 0.5 && known.size < columns.length - 1)) {
      known.add(columns[own.integer(columns.length)] as number);
    }
    return known;
  };
  return (feed: Feed, own: Random, step: number, steps: number): void => {
    const rowAt = (place: number) => orderOf(step * batch + place);
    expandCodes(table, spans, rowAt, batch, feed.codes as Float32Array);
    const known = draw(own.fork('known'));
    (feed.known as Float32Array).set(spans.map(({ column }) => Number(known.has(column))));
    (feed.schedule as Float32Array)[0] = cosine(step / steps);
  };
}

/** From 1 at the start to 0 at the end (Loshchilov and Hutter 2017). */
function cosine(done: number): number {
  return (1 + Math.cos(Math.PI * done)) / 2;
}
