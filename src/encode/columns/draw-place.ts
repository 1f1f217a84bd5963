import type { Random } from '../../random.js';

/** Running sums. */
export function cumulate(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum;
  });
}

/** A place, drawn by the counts whose running sums these are. */
export function drawPlace(sums: readonly number[], random: Random): number {
  const wanted = random.uniform() * (sums.at(-1) as number);
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
