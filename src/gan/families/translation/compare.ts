/** Mean absolute difference of two arrays of numbers. */
export function meanDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, k) => sum + Math.abs(value - (b[k] as number)), 0) / a.length;
}

/** Pearson's correlation; 0 where one of the two is constant. */
export function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (x: Float32Array) => x.reduce((sum, value) => sum + value, 0) / x.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [product, squareA, squareB] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [(a[k] as number) - meanA, (b[k] as number) - meanB];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  const scale = Math.sqrt(squareA * squareB);
  return scale > 0 ? product / scale : 0;
}
