import { drawIndices } from '../../../columns/select.js';
import type { Random } from '../../../random.js';

/** Places of rows to learn from, four fifths of them, and of the others, which are at least one. */
export function splitPlaces(
  count: number,
  random: Random,
): { train: Int32Array; test: Int32Array } {
  const order = drawIndices(count, count, random);
  const learned = Math.min(Math.max(Math.floor(0.8 * count), 1), Math.max(count - 1, 1));
  return { train: order.slice(0, learned), test: order.slice(count > 1 ? learned : 0) };
}
