import { sizeOf, type TensorSpecs } from '../../compute/tensor.js';

/** Numbers that a generator gives in one run: about what stays in a processor's cache. */
const numbers = 2 ** 17;
const [fewest, most] = [16, 512];

/**
 * How many rows a generator makes in one run: a power of two. Each run has some cost of its own, and
 * many rows at once leave the cache.
 *
 * @param outputs Shapes of what it gives for one row.
 */
export function rowsAtOnce(outputs: TensorSpecs): number {
  const width = Object.values(outputs).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const fitting = 2 ** Math.floor(Math.log2(numbers / Math.max(width, 1)));
  return Math.min(Math.max(fitting, fewest), most);
}
