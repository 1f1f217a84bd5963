import { leastEvidence, type Rule } from './rule.js';
import type { RuleColumn, RuleTable } from './rule-table.js';

/** Finds columns that are null in the same rows. */
export function findNulls(table: RuleTable, free: (column: RuleColumn) => boolean): Rule[] {
  const open = table.columns.filter(
    (column) => free(column) && column.nulls > 0 && column.nulls < table.rows,
  );
  const rules: Rule[] = [];
  const taken = new Set<RuleColumn>();
  for (const leader of open) {
    if (taken.has(leader)) continue;
    const same = open.filter(
      (other) =>
        other !== leader && !taken.has(other) && areNullTogether(leader, other, table.rows),
    );
    const rows = nullsEvidence(leader.nulls, table.rows);
    if (same.length === 0 || rows < leastEvidence) continue;
    const group = [leader, ...same];
    for (const column of group) taken.add(column);
    rules.push({
      kind: 'nulls',
      columns: group.map(({ field }) => field.name),
      rows: Math.floor(rows),
    });
  }
  return rules;
}

/** Rows in which one of two columns would be null, and the other not, by chance. */
export function nullsEvidence(nulls: number, rows: number): number {
  return (2 * nulls * (rows - nulls)) / rows;
}

export function areNullTogether(a: RuleColumn, b: RuleColumn, rows: number): boolean {
  if (a.nulls !== b.nulls) return false;
  for (let row = 0; row < rows; row++) if (a.isValid(row) !== b.isValid(row)) return false;
  return true;
}

/** Finds columns that are null wherever another has certain values. */
export function findNullWhere(
  table: RuleTable,
  free: (column: RuleColumn) => boolean,
  isSource: (column: RuleColumn) => boolean,
): Rule[] {
  return table.columns.flatMap((column) => {
    if (!free(column) || column.nulls === 0 || column.nulls === table.rows) return [];
    const found = table.columns.flatMap((source) => {
      if (source === column || !isSource(source) || !source.isCategory()) return [];
      const rule = nullWhereRule(column, source);
      return rule && rule.rows >= leastEvidence ? [rule] : [];
    });
    const best = found.sort((a, b) => Number(b.isExact) - Number(a.isExact) || b.rows - a.rows)[0];
    return best ? [best] : [];
  });
}

/** The rule that a column is null where another has certain values, if there are such values. */
export function nullWhereRule(column: RuleColumn, source: RuleColumn): Rule | undefined {
  const coded = source.coded();
  if (!coded) return undefined;
  const nulls = new Int32Array(coded.texts.length);
  for (let row = 0; row < coded.codes.length; row++) {
    const code = coded.codes[row] as number;
    if (!column.isValid(row)) nulls[code] = (nulls[code] as number) + 1;
  }
  const always = (code: number) => nulls[code] === coded.counts[code];
  const isExact = coded.texts.every((_, code) => always(code) || nulls[code] === 0);
  const share = column.nulls / coded.codes.length;
  const where = coded.texts.filter((_, code) => {
    // Of a level of few rows, nothing is known.
    return (
      always(code) && (isExact || (coded.counts[code] as number) * (1 - share) >= leastEvidence)
    );
  });
  if (where.length === 0) return undefined;
  // Rows that would be null, or not, by chance, and are not.
  const rows = coded.texts.reduce<number>((sum, text, code) => {
    const count = (coded.counts[code] as number) - 1;
    if (where.includes(text)) return sum + count * (1 - share);
    return isExact ? sum + count * share : sum;
  }, 0);
  return {
    kind: 'null-where',
    columns: [column.field.name, source.field.name],
    rows: Math.floor(rows),
    where,
    isExact,
  };
}
