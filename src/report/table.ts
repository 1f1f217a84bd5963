import { escapeHtml } from './escape.js';

/** HTML that is known to be safe, among cells that are text. */
export interface SafeHtml {
  readonly html: string;
}

export type TableCell = string | number | null | undefined | SafeHtml;

/** A table with a header; numbers to the right, with three decimals. */
export function htmlTable(
  header: readonly string[],
  rows: readonly (readonly TableCell[])[],
): string {
  const head = header
    .map((name) => (name === '' ? '<td></td>' : `<th scope="col">${escapeHtml(name)}</th>`))
    .join('');
  const body = rows.map((row) => `<tr>${row.map(tableCell).join('')}</tr>`).join('\n');
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

function tableCell(cell: TableCell): string {
  if (typeof cell === 'number') {
    const text = Number.isInteger(cell) ? String(cell) : cell.toFixed(3);
    return `<td class="number">${text}</td>`;
  }
  if (typeof cell === 'object' && cell !== null) return `<td>${cell.html}</td>`;
  return `<td>${escapeHtml(cell)}</td>`;
}
