/** A summary as indented lines; a list of records as a table. */
export function formatSummary(summary: object): string {
  return `${lines(summary, '').join('\n')}\n`;
}

function lines(value: object, indent: string): string[] {
  return Object.entries(value).flatMap(([key, entry]) => {
    if (isTable(entry))
      return [`${indent}${key}:`, ...table(entry).map((row) => `${indent}  ${row}`)];
    if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) {
      return [`${indent}${key}:`, ...lines(entry, `${indent}  `)];
    }
    return [`${indent}${key}: ${cell(entry)}`];
  });
}

function isTable(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === 'object');
}

/** Rows of aligned cells under a header. */
export function table(records: readonly Record<string, unknown>[]): string[] {
  const header = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const rows = [header, ...records.map((record) => header.map((key) => cell(record[key])))];
  const widths = header.map((_, k) => Math.max(...rows.map((row) => row[k]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, k) => text.padEnd(widths[k] as number))
      .join('  ')
      .trimEnd(),
  );
}

function cell(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}
