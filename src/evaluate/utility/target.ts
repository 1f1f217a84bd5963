import type { Schema } from 'apache-arrow';
import {
  type Column,
  columnNamed,
  type NumericColumn,
  type Rows,
  withoutColumn,
} from '../../columns/column.js';
import type { IgnoredColumn } from '../../columns/read-cells.js';
import { takeRows } from '../../columns/select.js';
import { closestName } from '../../encode/closest-name.js';
import { DataError, InvalidOptionError, SchemaError } from '../../errors.js';
import type { Examples, Task } from '../models/model.js';

/** Classes beyond the most frequent ones are predicted as one; images come in more. */
const maximumClasses = { rows: 20, images: 100 };

/** Whole numbers beside images are classes, of at least so many rows each on average. */
const rowsPerClass = 5;

/** The class of what is no class of its own. */
const other = '(other)';

/** What is to be predicted, and of classes their names. */
export interface Target {
  readonly name: string;
  readonly task: Task;
  /** Names of the classes, by falling frequency in the first table. */
  readonly classes: readonly string[];
  /** Of two classes, the one that F1 and average precision are about. */
  readonly positive?: number;
}

/** Refuses a target that is no column, or one that cannot be predicted. */
export function checkTarget(
  name: string,
  schema: Schema,
  ignored: readonly IgnoredColumn[],
  { columns, images, texts = [], sequences }: Rows,
): void {
  const names = schema.fields.map((field) => field.name);
  if (!names.includes(name)) {
    const closest = closestName(name, names);
    const hint = closest === undefined ? '' : `Did you mean '${closest}'? `;
    throw new SchemaError(`target is not a column: '${name}'. ${hint}Columns: ${names.join(', ')}`);
  }
  const found = ignored.find((column) => column.name === name);
  const isOther = ![...columns, ...texts].some((column) => column.name === name);
  const isSeries = sequences !== undefined && isOther && images?.name !== name;
  const reason =
    found?.reason ??
    (images?.name === name ? 'holds images' : undefined) ??
    (isSeries
      ? 'varies within sequences. Name an attribute, which has one value in each'
      : undefined);
  if (reason) throw new SchemaError(`target '${name}' cannot be predicted: it ${reason}`);
}

/**
 * How a column is predicted: text, booleans and numbers of two values as classes, other numbers as
 * numbers; beside images, whole numbers of at most 100 values as classes too.
 *
 * @param real rows that the classes and their order come from.
 * @param positive class that scores are about, of two; default: the rarer one.
 */
export function describeTarget(real: Rows, name: string, positive?: string): Target {
  const column = columnNamed(real, name);
  const counts = countClasses(column);
  const most = real.images ? maximumClasses.images : maximumClasses.rows;
  const isNumber =
    column.kind === 'numeric' &&
    counts.size > 2 &&
    !(real.images && counts.size <= Math.min(most, real.length / rowsPerClass) && isWhole(column));
  if (isNumber && positive === undefined) {
    return { name, task: { kind: 'regression' }, classes: [] };
  }
  const found = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (isNumber || found.length < 2) {
    throw new DataError(
      `target '${name}' has too few classes or too many to be predicted: ${found.length}. ` +
        'Name a column of two or more',
    );
  }
  const all = found.map(([text]) => text);
  const classes = all.length > most ? [...all.slice(0, most - 1), other] : all;
  const task = { kind: 'classification', classes: classes.length } as const;
  if (positive !== undefined && !classes.includes(positive)) {
    throw new InvalidOptionError(
      `positive is no class of '${name}': '${positive}'. Classes: ${classes.join(', ')}`,
    );
  }
  if (classes.length > 2) return { name, task, classes };
  return { name, task, classes, positive: positive === undefined ? 1 : classes.indexOf(positive) };
}

/** How many values a column has. */
export function countValues(rows: Rows, name: string): number {
  return countClasses(columnNamed(rows, name)).size;
}

/** Rows with a known target as examples; rows of a class that is not a target's own are left out. */
export function examplesOf(rows: Rows, target: Target): Examples {
  const { features, target: values } = knownExamples(rows, target);
  return { features, target: values };
}

/** The same, with the places of the rows that are among them. */
export function knownExamples(
  rows: Rows,
  { name, task, classes }: Target,
): Examples & { readonly known: Int32Array } {
  const target = targetOf(columnNamed(rows, name), task, classes);
  const known = Int32Array.from(target.keys()).filter((row) => !Number.isNaN(target[row]));
  const features = withoutColumn(rows, name);
  if (known.length === rows.length) return { features, target, known };
  return {
    features: takeRows(features, known),
    target: Float64Array.from(known, (row) => target[row] as number),
    known,
  };
}

function targetOf(column: Column, task: Task, classes: readonly string[]): Float64Array {
  if (task.kind === 'regression') {
    return column.kind === 'numeric'
      ? column.values
      : new Float64Array(column.codes.length).fill(Number.NaN);
  }
  const isCut = Object.values(maximumClasses).includes(classes.length) && classes.at(-1) === other;
  const rest = isCut ? classes.length - 1 : Number.NaN;
  const classOf = new Map(classes.map((text, code) => [text, code]));
  const texts = textsOf(column);
  return Float64Array.from(texts, (text) =>
    text === null ? Number.NaN : (classOf.get(text) ?? rest),
  );
}

function isWhole({ values }: NumericColumn): boolean {
  return values.every((value) => Number.isNaN(value) || Number.isInteger(value));
}

function countClasses(column: Column): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of textsOf(column)) {
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

function textsOf(column: Column): (string | null)[] {
  return column.kind === 'numeric'
    ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)))
    : Array.from(column.codes, (code) => column.levels[code] ?? null);
}

/** The same examples, with rows of each class weighing as much together as those of any other. */
export function balanceClasses(examples: Examples): Examples {
  const { target } = examples;
  const counts = new Map<number, number>();
  for (const code of target) counts.set(code, (counts.get(code) ?? 0) + 1);
  const even = target.length / counts.size;
  return { ...examples, weights: target.map((code) => even / (counts.get(code) as number)) };
}
