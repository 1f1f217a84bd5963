import type { Random } from '../../random.js';

/** How often each row is drawn, of as many draws as rows: one resampling of the bootstrap. */
export function drawWeights(rows: number, random: Random): Uint16Array {
  const weights = new Uint16Array(rows);
  for (let k = 0; k < rows; k++) {
    const row = random.integer(rows);
    weights[row] = (weights[row] as number) + 1;
  }
  return weights;
}
