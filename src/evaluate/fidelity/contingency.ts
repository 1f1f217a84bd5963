/** A column as bins or levels, one code a row; what is null has a code of its own. */
export interface Coded {
  readonly codes: Int32Array;
  /** Codes are below this. */
  readonly size: number;
}

/** Rows of each pair of codes, by `first × size of the second + second`. */
export type Contingency = Map<number, number>;

export function contingencyOf(first: Coded, second: Coded): Contingency {
  const cells = first.size * second.size;
  // An array is faster, where the pairs of codes are not many more than the rows.
  const counts = cells <= 4 * first.codes.length + 1024 ? new Int32Array(cells) : undefined;
  const table: Contingency = new Map();
  for (let row = 0; row < first.codes.length; row++) {
    const cell = (first.codes[row] as number) * second.size + (second.codes[row] as number);
    if (counts) counts[cell] = (counts[cell] as number) + 1;
    else table.set(cell, (table.get(cell) ?? 0) + 1);
  }
  counts?.forEach((count, cell) => {
    if (count > 0) table.set(cell, count);
  });
  return table;
}

/** ContingencySimilarity = 1 − ½ ΣΣ |P_real − P_synthetic|, P being shares of rows. */
export function contingencySimilarity(real: Contingency, synthetic: Contingency): number {
  const [a, b] = [total(real), total(synthetic)];
  let distance = 0;
  for (const [cell, count] of real)
    distance += Math.abs(count / a - (synthetic.get(cell) ?? 0) / b);
  for (const [cell, count] of synthetic) if (!real.has(cell)) distance += count / b;
  return 1 - distance / 2;
}

/**
 * Cramér's V of a table: √(χ² / n / (min(rows, columns) − 1)), without correction. `null` where one
 * side has fewer than two codes.
 */
export function cramersV(table: Contingency, secondSize: number): number | null {
  const [rows, columns] = [new Map<number, number>(), new Map<number, number>()];
  for (const [cell, count] of table) {
    const [row, column] = [Math.floor(cell / secondSize), cell % secondSize];
    rows.set(row, (rows.get(row) ?? 0) + count);
    columns.set(column, (columns.get(column) ?? 0) + count);
  }
  const smaller = Math.min(rows.size, columns.size);
  if (smaller < 2) return null;
  // χ² / n = Σ O² / (row × column) − 1, over the cells that are not empty.
  let sum = 0;
  for (const [cell, count] of table) {
    const row = rows.get(Math.floor(cell / secondSize)) as number;
    sum += count * (count / row / (columns.get(cell % secondSize) as number));
  }
  return Math.sqrt(Math.max(sum - 1, 0) / (smaller - 1));
}

function total(table: Contingency): number {
  let sum = 0;
  for (const count of table.values()) sum += count;
  return sum;
}
