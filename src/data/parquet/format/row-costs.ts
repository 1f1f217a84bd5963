/** Rows that lie behind each other in a column, and what they become when they are decoded, at most. */
export interface RowCosts {
  readonly rows: number;
  readonly bytes: number;
  /** Of one row, at most. */
  readonly widest: number;
}

/** Up to so many bytes nothing is looked at closely. */
export const harmlessBytes = 128 * 2 ** 20;

/**
 * Whether columns are to be decoded a few rows at a time, as their few bytes may become very many.
 *
 * @param packed bytes of them as they stand.
 */
export function isSuspicious(columns: readonly (readonly RowCosts[])[], packed: number): boolean {
  return bytesBetween(columns, 0, Infinity) > Math.max(harmlessBytes, 100 * packed);
}

/** How many rows from `start` on become `budget` bytes at most, however unevenly; at least one. */
export function rowsWithin(
  columns: readonly (readonly RowCosts[])[],
  start: number,
  budget: number,
  most: number,
): number {
  let [fits, fails] = [1, most + 1];
  while (fails - fits > 1) {
    const tried = Math.floor((fits + fails) / 2);
    if (bytesBetween(columns, start, start + tried) <= budget) fits = tried;
    else fails = tried;
  }
  return fits;
}

/** What rows `start` to `end` of columns become, at most. */
export function bytesBetween(
  columns: readonly (readonly RowCosts[])[],
  start: number,
  end: number,
): number {
  let total = 0;
  for (const parts of columns) {
    let before = 0;
    for (const { rows, bytes, widest } of parts) {
      if (before >= end) break;
      const met = Math.min(end, before + rows) - Math.max(start, before);
      if (met > 0) total += Math.min(bytes, met * widest);
      before += rows;
    }
  }
  return total;
}
