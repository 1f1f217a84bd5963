import type { RecordBatch } from 'apache-arrow';
import { exactRows } from './exact-rows.js';
import { GuaranteeError } from './guarantee-error.js';

/** The rows of some batches, each bit of them, and how they look to people. */
export interface RowReader {
  readonly count: number;
  /** The row's cells, in which every bit counts: see `exactRows`. */
  cells(row: number): readonly unknown[];
  /** A cell as text for a message. */
  text(row: number, column: number): string;
}

/** Characters of a cell in a message. */
const longest = 60;

/** Reads the rows of all batches, numbered from 0. */
export function readRows(batches: readonly RecordBatch[]): RowReader {
  const rows = exactRows(batches);
  return {
    count: rows.length,
    cells: (row) => rows[row] as unknown[],
    text(row, column) {
      let before = 0;
      for (const batch of batches) {
        if (row < before + batch.numRows) return cellText(batch, row - before, column);
        before += batch.numRows;
      }
      return 'nothing';
    },
  };
}

function cellText(batch: RecordBatch, row: number, column: number): string {
  const exact = exactRows([batch])[row]?.[column];
  const cell: unknown = batch.getChildAt(column)?.get(row) ?? null;
  const text = typeof cell === 'string' ? `'${cell}'` : String(cell);
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return typeof exact === 'string' && exact.length <= 32 ? `${shown} (0x${exact})` : shown;
}

/**
 * Raises unless two rows hold the same cells, bit for bit.
 *
 * @param what Names the expected row in the message: 'real row 3'.
 * @throws GuaranteeError that names the row and the first column that differs.
 */
export function assertSameRow(
  actual: RowReader,
  row: number,
  expected: RowReader,
  expectedRow: number,
  names: readonly string[],
  what: string,
): void {
  const [is, was] = [actual.cells(row), expected.cells(expectedRow)];
  const column = names.findIndex((_, k) => !isSame(is[k], was[k]));
  if (column < 0) return;
  throw new GuaranteeError(
    `${actual.text(row, column)} instead of ${expected.text(expectedRow, column)}, which is what ` +
      `${what} holds`,
    { row, column: names[column] },
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
