import { type RecordBatch, Table, type Vector } from 'apache-arrow';

/** Lines that set the columns of real and synthetic rows side by side. */
export function describeSideBySide(batches: readonly RecordBatch[], mark: string): string[] {
  const table = new Table([...batches]);
  const synthetic = [...(table.getChild(mark) as Vector)] as boolean[];
  const rows = [['column', '', 'real', 'synthetic']];
  for (const { name } of table.schema.fields.filter((field) => field.name !== mark)) {
    const values = [...(table.getChild(name) as Vector)] as unknown[];
    const groups = [false, true].map((flag) => values.filter((_, row) => synthetic[row] === flag));
    rows.push(...describeColumn(name, groups as [unknown[], unknown[]]));
  }
  const widths = rows[0]?.map((_, k) => Math.max(...rows.map((row) => (row[k] as string).length)));
  return rows.map((row) =>
    row
      .map((cell, k) => cell.padEnd(widths?.[k] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function describeColumn(name: string, groups: [unknown[], unknown[]]): string[][] {
  const present = groups.map((values) => values.filter((value) => value !== null));
  const numeric = present.flat().every((value) => typeof value === 'number');
  const lines = numeric
    ? [['mean ± sd', ...present.map((values) => meanAndDeviation(values as number[]))]]
    : topLevels(present).map((level) => [level, ...groups.map((group) => share(group, level))]);
  const missing = groups.map((values, k) => percent(1 - (present[k]?.length ?? 0) / values.length));
  if (missing.some((text) => text !== '0.0 %')) lines.push(['missing', ...missing]);
  return lines.map((line, k) => [k === 0 ? name : '', ...line]);
}

function meanAndDeviation(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return `${mean.toFixed(1)} ± ${Math.sqrt(variance).toFixed(1)}`;
}

function topLevels([real = []]: unknown[][]): string[] {
  const counts = new Map<string, number>();
  for (const value of real) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 5)
    .map(([level]) => level);
}

function share(values: readonly unknown[], level: string): string {
  return percent(values.filter((value) => String(value) === level).length / values.length);
}

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
