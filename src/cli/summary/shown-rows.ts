import { type RecordBatch, Table } from 'apache-arrow';

/** A few of the synthetic rows, as they are: lines of a table. */
export function describeRows(
  batches: readonly RecordBatch[],
  mark: string,
  count: number,
): string[] {
  const table = new Table([...batches]);
  const names = table.schema.fields.map(({ name }) => name).filter((name) => name !== mark);
  const made = [...table].filter((row) => row[mark] === true).slice(0, count);
  const rows = [names, ...made.map((row) => names.map((name) => String(row[name])))];
  const widths = names.map((_, k) => Math.max(...rows.map((row) => row[k]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, k) => cell.padEnd(widths[k] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
