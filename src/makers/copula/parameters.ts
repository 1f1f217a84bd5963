import type { ColumnForm } from '../column-form.js';
import type { MarginParameters } from './margin.js';

/** A fitted Gaussian copula, or one for each class: plain JSON, without any row of the data. */
export interface CopulaParameters {
  /** How each column of the table is written. */
  readonly forms: readonly ColumnForm[];
  /** Place of the column of classes; it is in no copula. Without it there is one copula for all. */
  readonly target?: number;
  readonly classes: readonly ClassCopula[];
}

/** The copula of the rows of one class. */
export interface ClassCopula {
  /** The class as text of a cell; null for null, and where all rows are one class. */
  readonly level: string | null;
  readonly rows: number;
  readonly parts: readonly CopulaPart[];
  /** Correlations of the parts' normal scores: a row for each. */
  readonly correlations: readonly (readonly number[])[];
}

/** A column that is linked with others: its cells, or whether there is a number at all. */
export interface CopulaPart {
  /** Place of the column in the schema. */
  readonly column: number;
  readonly role: 'cells' | 'presence';
  readonly margin: MarginParameters;
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOf = (value: unknown, check: (item: unknown) => boolean) =>
  Array.isArray(value) && value.every(check);
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;

/** What is wrong with parameters of a table of `columns` columns; undefined if nothing is. */
export function problemOfCopula(value: unknown, columns: number): string | undefined {
  if (!isObject(value)) return 'it is no object';
  const { forms, target, classes } = value;
  const isColumn = (place: unknown) => isCount(place) && (place as number) < columns;
  if (!Array.isArray(forms) || forms.length !== columns || !forms.every(isForm)) {
    return "'forms' is malformed";
  }
  if (target !== undefined && !isColumn(target)) return "'target' is no column";
  const isClass = (item: unknown) =>
    isObject(item) &&
    (item.level === null || typeof item.level === 'string') &&
    isCount(item.rows) &&
    isListOf(item.parts, (part) => isPart(part, forms, isColumn)) &&
    isSquare(item.correlations, (item.parts as unknown[]).length);
  if (!Array.isArray(classes) || classes.length === 0 || !classes.every(isClass)) {
    return "'classes' is malformed";
  }
  return classes.every(({ rows }) => rows === 0) ? 'it is of no rows' : undefined;
}

function isForm(form: unknown): boolean {
  if (!isObject(form)) return false;
  if (form.kind === 'levels') return isListOf(form.levels, (level) => typeof level === 'string');
  if (form.kind === 'unlearned') return isObject(form.encoder);
  const { origin, highest } = form;
  const isWhole = typeof origin === 'string' && /^-?\d{1,80}$/.test(origin) && isNumber(highest);
  return form.kind === 'numbers' && (isWhole || (origin === undefined && highest === undefined));
}

function isPart(
  part: unknown,
  forms: readonly ColumnForm[],
  isColumn: (place: unknown) => boolean,
): boolean {
  if (!isObject(part) || !isColumn(part.column) || !isObject(part.margin)) return false;
  const form = forms[part.column as number];
  const { kind, points, counts, nulls } = part.margin;
  const isNumeric = form?.kind === 'numbers' && part.role === 'cells';
  if (isNumeric)
    return kind === 'numbers' && isListOf(points, (point) => typeof point === 'number');
  const levels = form?.kind === 'levels' ? form.levels.length : 2;
  const role = form?.kind === 'levels' ? 'cells' : 'presence';
  const isLinked = form?.kind !== 'unlearned' && part.role === role && kind === 'levels';
  return (
    isLinked && isListOf(counts, isCount) && (counts as []).length === levels && isCount(nulls)
  );
}

function isSquare(matrix: unknown, size: number): boolean {
  return (
    isListOf(matrix, (row) => isListOf(row, isNumber) && (row as []).length === size) &&
    (matrix as []).length === size
  );
}
