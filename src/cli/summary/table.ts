import { plainText } from '../plain-text.js';

/** One row of a table, by the names of its columns. */
export type TableRow = Readonly<Record<string, unknown>>;

/** Rows and characters that people are shown; JSON has the rest. */
const limits = { rows: 100, characters: 200 };

/** A header and rows of aligned cells: numbers to the right. */
export function formatTable(records: readonly TableRow[]): string[] {
  const shown = records.slice(0, limits.rows);
  const header = [...new Set(shown.flatMap((record) => Object.keys(record)))];
  const columns = header.map((name) => {
    const values = shown.map((record) => record[name]);
    return alignColumn([name, ...values.map(formatCell)], values.every(isNumber));
  });
  const lines = ['', ...shown].map((_, row) =>
    columns
      .map((cells) => cells[row])
      .join('  ')
      .trimEnd(),
  );
  const hidden = records.length - shown.length;
  return hidden === 0 ? lines : [...lines, `and ${hidden} more`];
}

function alignColumn(cells: readonly string[], right: boolean): string[] {
  const width = Math.max(...cells.map((cell) => cell.length));
  return cells.map((cell) => (right ? cell.padStart(width) : cell.padEnd(width)));
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

/** A value on one line, and no longer than people read. */
export function formatCell(value: unknown): string {
  const text = plainText(toText(value));
  return text.length <= limits.characters ? text : `${text.slice(0, limits.characters - 1)}…`;
}

function toText(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
