import { DataType, DateUnit, type Field, type Schema } from 'apache-arrow';
import { InvalidOptionError, SchemaError } from '../../errors.js';
import { isTextable, isWhole } from '../cells/column-types.js';
import { type ColumnOptions, checkColumnNames, checkKind } from '../column-options.js';
import type { NumberLine } from '../columns/binned.js';
import { type CellValue, textOfValue } from '../values/value.js';

/** How a column is learned, as far as its type and the user say: nothing here depends on a row. */
export type ColumnPlan =
  /** Nothing is learned. */
  | { readonly kind: 'none'; readonly as: 'identifier' | 'null' | 'unmodelled' }
  /** By levels: given ones, or those that are found. */
  | {
      readonly kind: 'levels';
      readonly as: 'categorical' | 'boolean' | 'resample';
      /** Texts (see `readTexts`) without null; undefined where they are found in the rows. */
      readonly levels: readonly string[] | undefined;
    }
  /** By intervals, of a given range or a found one. */
  | {
      readonly kind: 'bins';
      readonly line: NumberLine | undefined;
      /** In numbers of the line. */
      readonly range: readonly [number, number] | undefined;
      /** Most times that intervals are cut. */
      readonly cuts: number;
    };

/** Intervals that one is cut into; a range of few whole numbers is cut into these. */
export const parts = 32;
export const fewNumbers = 128;

/** Most times that intervals are cut: of floats, of whole numbers. */
const mostCuts = { real: 2, whole: 4 } as const;

/** Histograms that a plan takes of the rows. */
export function histogramsOf(plan: ColumnPlan): number {
  if (plan.kind === 'none') return 0;
  if (plan.kind === 'levels') return 1;
  return plan.cuts + (plan.range ? 0 : 1);
}

/** Whether codes of a plan's column are learned together with those of others. */
export function isLearned(plan: ColumnPlan): boolean {
  return plan.kind === 'bins' || (plan.kind === 'levels' && plan.as !== 'resample');
}

/** Whether the cells of a plan's histogram are found in the rows. */
export function isOpen(plan: ColumnPlan): boolean {
  return plan.kind === 'levels' && plan.levels === undefined;
}

/** Plans of all columns of a schema. @throws SchemaError for a name that is no column. */
export function planColumns(
  schema: Schema,
  overrides: Readonly<Record<string, ColumnOptions>> = {},
): ColumnPlan[] {
  checkColumnNames(schema, overrides);
  return schema.fields.map((field) =>
    planColumn(field, Object.hasOwn(overrides, field.name) ? overrides[field.name] : undefined),
  );
}

/**
 * The plan of a column: text and booleans by levels, numbers and times by intervals, unless `kind` or
 * `levels` say otherwise.
 *
 * @throws InvalidOptionError for a range or levels that are none of its type; SchemaError for a kind that
 * does not fit it.
 */
export function planColumn(field: Field, options: ColumnOptions = {}): ColumnPlan {
  const { type } = field;
  checkKind(field, options.kind);
  const kind = options.kind ?? kindOf(type, options.levels !== undefined);
  if (kind === 'identifier' || kind === 'null' || kind === 'unmodelled') {
    return { kind: 'none', as: kind };
  }
  if (kind === 'text') {
    throw new InvalidOptionError(
      `columns.${field.name}.kind 'text' and fit.privacy.epsilon exclude each other: no budget pays for runs ` +
        "of characters. Take 'identifier', or leave the kind out",
    );
  }
  const isLevels = kind === 'categorical' || kind === 'boolean' || kind === 'resample';
  refuseUseless(field, options, isLevels);
  if (!isLevels) return planBins(field, options.range);
  return { kind: 'levels', as: kind, levels: levelsOf(field, options.levels) };
}

function kindOf(type: DataType, hasLevels: boolean) {
  if (!isTextable(type)) return 'unmodelled';
  if (DataType.isBool(type)) return 'boolean';
  return (isWhole(type) || DataType.isFloat(type)) && !hasLevels ? 'numbers' : 'categorical';
}

function refuseUseless({ name }: Field, options: ColumnOptions, isLevels: boolean): void {
  const useless = isLevels ? 'range' : 'levels';
  if (options[useless] === undefined) return;
  throw new InvalidOptionError(
    `columns.${name}.${useless} is of no use: the column is learned by ` +
      `${isLevels ? 'levels' : 'intervals'}. Leave it out, or give its ${isLevels ? 'levels' : 'range'}`,
  );
}

function levelsOf(field: Field, given: ColumnOptions['levels']): string[] | undefined {
  if (given === undefined) return DataType.isBool(field.type) ? ['false', 'true'] : undefined;
  const texts = given.map((value) => textOf(field, value, 'levels'));
  if (new Set(texts).size === texts.length && texts.length > 0) return texts;
  throw new InvalidOptionError(
    `columns.${field.name}.levels are none, or name one twice: ${texts.slice(0, 9).join(', ')}`,
  );
}

function textOf(field: Field, value: Exclude<CellValue, null>, option: string): string {
  const text = textOfValue(field.type, value);
  if (text !== undefined) return text;
  throw new InvalidOptionError(
    `columns.${field.name}.${option} holds what no cell of type ${field.type} is: ${value}`,
  );
}

const millisecondsPerDay = 86_400_000n;

function planBins(field: Field, given: ColumnOptions['range']): ColumnPlan {
  const { type } = field;
  const ends = given?.map((value) => textOf(field, value, 'range'));
  if (DataType.isFloat(type)) {
    const range = ends && asRange(field, ends.map(Number));
    return { kind: 'bins', line: undefined, range, cuts: mostCuts.real };
  }
  if (!isWhole(type)) {
    throw new SchemaError(`column '${field.name}' has no numbers to cut into intervals: ${type}`);
  }
  // Dates in milliseconds hold whole days.
  const isDays = DataType.isDate(type) && type.unit === DateUnit.MILLISECOND;
  const step = isDays ? millisecondsPerDay : 1n;
  if (!ends) {
    return { kind: 'bins', line: { origin: 0n, step }, range: undefined, cuts: mostCuts.whole };
  }
  const { line, range } = lineBetween(BigInt(ends[0] as string), BigInt(ends[1] as string), step);
  return { kind: 'bins', line, range: asRange(field, [...range]), cuts: cutsOf(range[1] + 1) };
}

/** Steps that a range has at most, so that they are exact as numbers. */
const mostSteps = 2n ** 52n;

/** Whole numbers from a lowest to a highest one as steps from the lowest; those of a wide range are wider. */
export function lineBetween(
  lowest: bigint,
  highest: bigint,
  smallest: bigint,
): { line: NumberLine; range: readonly [number, number] } {
  let step = smallest;
  while ((highest - lowest) / step > mostSteps) step *= 2n;
  return { line: { origin: lowest, step }, range: [0, Number((highest - lowest) / step)] };
}

function asRange({ name }: Field, [start = 0, end = 0]: number[]): readonly [number, number] {
  if (Number.isFinite(start) && Number.isFinite(end) && start < end) return [start, end];
  throw new InvalidOptionError(
    `columns.${name}.range must be a lowest and a highest value, finite and in this order, such as [0, 100]`,
  );
}

/** Cuts that take so many whole numbers apart into single ones. */
function cutsOf(numbers: number): number {
  if (numbers <= fewNumbers) return 1;
  return Math.min(mostCuts.whole, Math.ceil(Math.log(numbers) / Math.log(parts) - 1e-9));
}
