import { leastEvidence, type Rule } from './rule.js';
import type { CodedColumn, RuleColumn, RuleTable } from './rule-table.js';

/** A column of numbers that determines others is taken for a code if it has no more values. */
const mostNumberLevels = 200;

/** Combinations of columns none of which determines another, at most; each in so many rows. */
const mostCombinations = 300;
const rowsPerCombination = 5;
const mostLevels = 100;

/** Columns among which combinations of three are looked for. */
const mostInThrees = 24;

/**
 * Finds columns that come in fixed combinations: columns that another determines, and two or three
 * of which only some combinations occur, each of them often.
 */
export function findCombinations(table: RuleTable, free: (column: RuleColumn) => boolean): Rule[] {
  const taken = new Set<RuleColumn>();
  const rules = findDetermined(table, free, taken);
  const categories = table.columns.filter(
    (column) =>
      free(column) &&
      !taken.has(column) &&
      column.isCategory() &&
      levelsOf(column) > 1 &&
      levelsOf(column) <= mostLevels,
  );
  for (const size of [2, 3]) {
    const rest = categories.filter((column) => !taken.has(column));
    if (size === 3 && rest.length > mostInThrees) break;
    for (const columns of subsetsOf(rest, size)) {
      if (columns.some((column) => taken.has(column))) continue;
      const rows = combinationEvidence(columns.map(codedOf));
      if (rows === undefined || rows < leastEvidence) continue;
      for (const column of columns) taken.add(column);
      const group = extended(columns, rest, taken);
      rules.push(ruleOf(group, rows));
    }
  }
  return rules;
}

const codedOf = (column: RuleColumn) => column.coded() as CodedColumn;

/** Columns of which only some combinations occur, and those that the combinations have to do with. */
function extended(
  columns: readonly RuleColumn[],
  others: readonly RuleColumn[],
  taken: Set<RuleColumn>,
): readonly RuleColumn[] {
  let group = [...columns];
  for (const other of others) {
    if (taken.has(other)) continue;
    const rows = combinationEvidence([joined(group.map(codedOf)), codedOf(other)]);
    if (rows === undefined || rows < leastEvidence) continue;
    group = [...group, other];
    taken.add(other);
  }
  return group;
}

/** Several columns as one, whose values are their combinations. */
function joined(columns: readonly CodedColumn[]): CodedColumn {
  const places = new Map<number, number>();
  const codes = (columns[0] as CodedColumn).codes.map((_, row) => {
    const key = keyOf(columns, row);
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    return place;
  });
  const counts = new Int32Array(places.size);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  return { codes, counts, texts: [...places.keys()].map(String) };
}

function keyOf(columns: readonly CodedColumn[], row: number): number {
  return columns.reduce((sum, { codes, texts }) => sum * texts.length + (codes[row] as number), 0);
}

function ruleOf(columns: readonly RuleColumn[], rows: number): Rule {
  const names = [...columns].sort((a, b) => a.index - b.index).map(({ field }) => field.name);
  return { kind: 'combination', columns: names, rows: Math.floor(rows) };
}

const levelsOf = (column: RuleColumn) => column.coded()?.texts.length ?? 0;

function findDetermined(
  { columns }: RuleTable,
  free: (column: RuleColumn) => boolean,
  taken: Set<RuleColumn>,
): Rule[] {
  const candidates = columns.filter((column) => free(column) && levelsOf(column) > 1);
  const leaders = candidates
    .filter((column) => column.isCategory() || levelsOf(column) <= mostNumberLevels)
    .sort((a, b) => levelsOf(b) - levelsOf(a));
  const rules: Rule[] = [];
  for (const leader of leaders) {
    if (taken.has(leader)) continue;
    const found = candidates.flatMap((column) => {
      if (column === leader || taken.has(column)) return [];
      if (!leader.isCategory() && !column.isCategory()) return [];
      const rows = determinedEvidence(leader.coded(), column.coded());
      return rows !== undefined && rows >= leastEvidence ? [{ column, rows }] : [];
    });
    if (found.length === 0) continue;
    const group = [leader, ...found.map(({ column }) => column)];
    for (const column of group) taken.add(column);
    rules.push(ruleOf(group, Math.min(...found.map(({ rows }) => rows))));
  }
  return rules;
}

/**
 * Rows that speak for one column determining another: those beyond the first of their level, each
 * with the probability of another value. The most frequent level and null do not count: a column of
 * single values beside them determines everything. Undefined if one level has two values.
 */
export function determinedEvidence(
  from: CodedColumn | undefined,
  to: CodedColumn | undefined,
): number | undefined {
  if (!from || !to) return undefined;
  const value = new Int32Array(from.texts.length).fill(-1);
  const evidence = new Float64Array(from.texts.length);
  const rows = from.codes.length;
  for (let row = 0; row < rows; row++) {
    const level = from.codes[row] as number;
    const code = to.codes[row] as number;
    if (value[level] === -1) value[level] = code;
    else if (value[level] !== code) return undefined;
    else evidence[level] = (evidence[level] as number) + 1 - (to.counts[code] as number) / rows;
  }
  const most = from.counts.indexOf(Math.max(...from.counts));
  return evidence.reduce(
    (sum, each, level) => (level === most || from.texts[level] === null ? sum : sum + each),
    0,
  );
}

/**
 * Rows that would have another combination if the columns were independent; undefined if there are
 * too many combinations, or some that are rare: then others may only not have been seen.
 */
export function combinationEvidence(columns: readonly CodedColumn[]): number | undefined {
  const rows = columns[0]?.codes.length ?? 0;
  const counts = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const key = keyOf(columns, row);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (counts.size > mostCombinations) return undefined;
  }
  let seen = 0;
  for (const [key, count] of counts) {
    if (count < rowsPerCombination) return undefined;
    seen += shareOf(key, columns, rows);
  }
  return rows * Math.max(0, 1 - seen);
}

/** The share of a combination if the columns were independent. */
function shareOf(key: number, columns: readonly CodedColumn[], rows: number): number {
  let rest = key;
  return columns.toReversed().reduce((share, { counts }) => {
    const code = rest % counts.length;
    rest = Math.floor(rest / counts.length);
    return (share * (counts[code] as number)) / rows;
  }, 1);
}

function subsetsOf<Item>(items: readonly Item[], size: number): Item[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, k) =>
    subsetsOf(items.slice(k + 1), size - 1).map((rest) => [item, ...rest]),
  );
}
