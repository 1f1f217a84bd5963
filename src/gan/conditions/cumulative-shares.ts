/** Running sums of weights, scaled to end at 1. */
export function cumulate(weights: ArrayLike<number>): Float64Array {
  let sum = 0;
  const sums = Float64Array.from(weights, (weight) => {
    sum += weight;
    return sum;
  });
  return sums.map((value) => value / sum);
}

/** First place whose cumulative share is above `uniform`. */
export function pick(cumulative: Float64Array, uniform: number): number {
  let [low, high] = [0, cumulative.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] as number) > uniform) high = middle;
    else low = middle + 1;
  }
  return low;
}
