import type { SecretRandom } from './secret-random.js';

/**
 * Draws a Poisson sample: each of `rows` rows is in it at the probability `rate`, rounded down to a
 * multiple of 2⁻³², by itself.
 *
 * @param target Filled with the places of the sampled rows, in order. More than it holds are left out:
 * see {@link mostSampled}.
 * @returns How many were written.
 */
export function poissonSample(
  random: SecretRandom,
  rows: number,
  rate: number,
  target: Int32Array,
): number {
  const threshold = Math.floor(rate * 2 ** 32);
  const words = random.words(rows);
  let count = 0;
  for (let row = 0; row < rows && count < target.length; row++) {
    if ((words[row] as number) < threshold) target[count++] = row;
  }
  return count;
}

/**
 * The size that a Poisson sample exceeds at a probability of at most e^`logProbability`, by Chernoff's
 * bound.
 */
export function mostSampled(rows: number, rate: number, logProbability: number): number {
  const isRare = (size: number) => size >= rows || chernoff(rows, rate, size + 1) <= logProbability;
  let [low, high] = [Math.min(Math.ceil(rate * rows), rows), rows];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isRare(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

/** An upper bound of log P(a binomial number is `size` or more), for sizes above the mean. */
function chernoff(rows: number, rate: number, size: number): number {
  const share = size / rows;
  if (share <= rate) return 0;
  const rest = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - rate));
  return -rows * (share * Math.log(share / rate) + rest);
}
