import type { Features } from './kernel-distance.js';

/**
 * Mean squared distance of two images in their features; with labels, of two images of one class.
 * It is twice the variance, which takes time with the images and not with their square.
 */
export function spreadOf({ values, size, labels }: Features): number {
  const rows = values.length / size;
  const groups = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const label = labels?.[row] ?? 0;
    const group = groups.get(label);
    if (group) group.push(row);
    else groups.set(label, [row]);
  }
  let [sum, weight] = [0, 0];
  for (const members of groups.values()) {
    if (members.length < 2) continue;
    sum += 2 * members.length * varianceOf(values, size, members);
    weight += members.length;
  }
  return weight === 0 ? 0 : sum / weight;
}

/** Sum over the features of the variance over some rows, without bias. */
function varianceOf(values: Float32Array, size: number, rows: readonly number[]): number {
  let total = 0;
  for (let k = 0; k < size; k++) {
    const at = (row: number) => values[row * size + k] as number;
    const mean = rows.reduce((sum, row) => sum + at(row), 0) / rows.length;
    total += rows.reduce((sum, row) => sum + (at(row) - mean) ** 2, 0) / (rows.length - 1);
  }
  return total;
}
