import type { RecordBatch, Schema } from 'apache-arrow';
import { InvalidOptionError } from '../../errors.js';
import { closestName } from '../../options/closest-name.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import { readTexts } from '../cells/column-texts.js';
import { findRatios, findSums, ratioRule, sumRule } from './arithmetic.js';
import { combinationEvidence, findCombinations } from './combination.js';
import { checkRules } from './learned-table.js';
import {
  areNullTogether,
  findNulls,
  findNullWhere,
  nullsEvidence,
  nullWhereRule,
} from './nulls.js';
import { findOrders, isOrdered, orderRule } from './order.js';
import { describeRule, type Rule, type RuleOption, ruleKinds } from './rule.js';
import { openRuleTable, type RuleColumn, type RuleTable } from './rule-table.js';

/** Which rules synthetic rows are to keep: those found, these as well, or none. Default: those found. */
export type RulesOption = boolean | readonly RuleOption[] | undefined;

/** Of fewer rows nothing is found. */
const leastRows = 50;

/**
 * The rules of a table: those that are given, and those that are found in columns that the given
 * ones leave.
 *
 * @param fixed Names of columns of which the user has said how they are learned: no rule is found in them.
 * @throws InvalidOptionError for a given rule that does not hold, or that names no column.
 */
export async function rulesOf(
  option: RulesOption,
  schema: Schema,
  batches: readonly RecordBatch[],
  fixed: readonly string[] = [],
  signal?: AbortSignal,
): Promise<Rule[]> {
  if (option === false) return [];
  const table = openRuleTable(schema, batches);
  const given = Array.isArray(option)
    ? (option as readonly RuleOption[]).map((rule, k) => givenRule(rule, table, `fit.rules[${k}]`))
    : [];
  checkRules(schema, given);
  await yieldToEventLoop(signal);
  if (table.rows < leastRows) return given;
  return findRules(table, given, fixed, signal);
}

async function findRules(
  table: RuleTable,
  given: readonly Rule[],
  fixed: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Rule[]> {
  const rules = [...given];
  /** Columns that a rule has changed, and those that it reads. */
  const busy = new Set([...fixed, ...given.flatMap(({ columns }) => columns)]);
  const hasName = (column: RuleColumn) =>
    table.columns.filter(({ field }) => field.name === column.field.name).length === 1;
  const isFree = (column: RuleColumn) => hasName(column) && !busy.has(column.field.name);
  const take = (found: readonly Rule[], columnsOf = (rule: Rule) => rule.columns) => {
    rules.push(...found);
    for (const name of found.flatMap(columnsOf)) busy.add(name);
  };
  const first = ({ columns }: Rule) => columns.slice(0, 1);
  take(findRatios(table, isFree), first);
  await yieldToEventLoop(signal);
  take(findSums(table, isFree), first);
  await yieldToEventLoop(signal);
  const inSums = new Set(rules.flatMap(({ columns }) => columns));
  take(findCombinations(table, (column) => isFree(column) && !inSums.has(column.field.name)));
  await yieldToEventLoop(signal);
  const inCombinations = new Set(busy);
  take(findOrders(table, isFree), ({ columns }) => columns.slice(-1));
  await yieldToEventLoop(signal);
  const isLearned = (column: RuleColumn) =>
    hasName(column) && !inCombinations.has(column.field.name);
  const nulls = findNulls(table, isLearned);
  rules.push(...nulls);
  const inNulls = new Set(nulls.flatMap(({ columns }) => columns));
  rules.push(
    ...findNullWhere(
      table,
      (column) => isLearned(column) && !inNulls.has(column.field.name),
      hasName,
    ),
  );
  return rules;
}

/**
 * Refuses what says no rules.
 *
 * @param path Names the option.
 * @throws InvalidOptionError
 */
export function checkRulesOption(option: unknown, path: string): void {
  if (option === undefined || typeof option === 'boolean') return;
  if (!Array.isArray(option)) {
    throw new InvalidOptionError(
      `${path} must be a list of rules, or false for none: ${JSON.stringify(option)}`,
    );
  }
  for (const [k, rule] of option.entries()) checkRuleOption(rule, `${path}[${k}]`);
}

function checkRuleOption(option: RuleOption, path: string): void {
  const isList =
    Array.isArray(option?.columns) && option.columns.every((name) => typeof name === 'string');
  if (!ruleKinds.includes(option?.kind) || !isList) {
    throw new InvalidOptionError(
      `${path} is no rule: ${JSON.stringify(option)}. Give { kind, columns }, with a kind of ${ruleKinds.join(', ')}`,
    );
  }
  const { kind, columns } = option;
  const least = { unique: 1, sum: 3 }[kind as 'unique' | 'sum'] ?? 2;
  if (columns.length < least) {
    throw new InvalidOptionError(
      `${path} of kind '${kind}' names too few columns: ${columns.join(', ')}`,
    );
  }
}

function givenRule(option: RuleOption, table: RuleTable, path: string): Rule {
  checkRuleOption(option, path);
  const columns = option.columns.map((name) => findColumn(name, table, path));
  if (new Set(columns).size < columns.length) {
    throw new InvalidOptionError(`${path} names a column twice: ${option.columns.join(', ')}`);
  }
  const rule = heldRule(option, columns, table);
  if (rule) return rule;
  throw new InvalidOptionError(
    `${path} does not hold in the data: ${describeRule({ ...option, rows: 0 })}. Leave it out, or ` +
      'leave the rows out that break it',
  );
}

function findColumn(name: string, { columns }: RuleTable, path: string): RuleColumn {
  const names = columns.map(({ field }) => field.name);
  const column = columns.find(({ field }) => field.name === name);
  if (column) return column;
  throw new InvalidOptionError(
    `${path} names a column that does not exist: '${name}'. Did you mean ` +
      `'${closestName(name, names)}'? Columns: ${names.join(', ')}`,
  );
}

/** A given rule, if it holds in every row. */
function heldRule(
  { kind, columns: names }: RuleOption,
  columns: readonly RuleColumn[],
  { rows }: RuleTable,
): Rule | undefined {
  const [first, second] = columns as [RuleColumn, RuleColumn];
  switch (kind) {
    case 'combination': {
      const coded = columns.flatMap((column) => column.coded() ?? []);
      if (coded.length < columns.length) return undefined;
      return { kind, columns: names, rows: Math.floor(combinationEvidence(coded) ?? 0) };
    }
    case 'order': {
      const later = columns.at(-1) as RuleColumn;
      const earlier = columns.slice(0, -1);
      return earlier.every((one) => isOrdered(one, later))
        ? orderRule(earlier, later, rows - later.nulls)
        : undefined;
    }
    case 'nulls': {
      const isHeld = columns.every((column) => areNullTogether(first, column, rows));
      return isHeld
        ? { kind, columns: names, rows: Math.floor(nullsEvidence(first.nulls, rows)) }
        : undefined;
    }
    case 'null-where':
      return nullWhereRule(first, second);
    case 'sum':
      return sumRule(first, columns.slice(1), rows);
    case 'ratio':
      return ratioRule(first, second, rows);
    case 'unique': {
      const distinct = new Set(readTexts(first.vector)).size;
      return distinct === rows && first.nulls === 0 ? { kind, columns: names, rows } : undefined;
    }
  }
}
