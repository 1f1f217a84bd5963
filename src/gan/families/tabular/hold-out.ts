import type { EncodedTable } from '../../../encode/table.js';
import type { Random } from '../../../random.js';

const share = 0.1;
const mostRows = 4096;

/**
 * Splits a table into rows to train on and rows to judge by: a tenth of them, at most 4,096.
 *
 * @param fewRows Of fewer rows all are both: they are needed to learn from.
 */
export function holdOut(
  table: EncodedTable,
  random: Random,
  fewRows: number,
): { train: EncodedTable; held: EncodedTable } {
  if (table.rows < fewRows) return { train: table, held: table };
  const wanted = Math.min(Math.floor(share * table.rows), mostRows);
  const isHeld = new Uint8Array(table.rows);
  for (let count = 0; count < wanted; ) {
    const row = random.integer(table.rows);
    if (isHeld[row]) continue;
    isHeld[row] = 1;
    count++;
  }
  const take = (flag: number): EncodedTable => ({
    layout: table.layout,
    rows: flag ? wanted : table.rows - wanted,
    values: table.values.map((values) =>
      values instanceof Float32Array
        ? values.filter((_, row) => isHeld[row] === flag)
        : values.filter((_, row) => isHeld[row] === flag),
    ),
  });
  return { train: take(0), held: take(1) };
}
