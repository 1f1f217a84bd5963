import { DataType, type Field, type Schema, type Vector } from 'apache-arrow';
import { InvalidOptionError, SchemaError } from '../errors.js';
import { closestName } from '../options/closest-name.js';
import { readTexts } from './cells/column-texts.js';
import { isTemporal, isTextable, levelCapacity } from './cells/column-types.js';
import { countLevels } from './columns/categorical.js';
import { canBeIdentifier } from './columns/identifier.js';
import { canBeTexts } from './columns/markov.js';
import { canBeNull } from './columns/null-column.js';
import { checkUnmodelledChoice, type UnmodelledChoice } from './unmodelled.js';
import type { CellValue } from './values/value.js';

/** What a user can say about a column. */
export interface ColumnOptions {
  /**
   * What to learn the column as; or 'identifier' for made-up values, 'resample' for values that are
   * drawn again as often as they occur, whatever else is in a row, 'text' for texts that a Markov
   * model of order 5 makes, of each class of the target one of its own, and 'null'. Default: what suits
   * its type and values.
   */
  readonly kind?:
    | 'continuous'
    | 'integer'
    | 'categorical'
    | 'boolean'
    | 'temporal'
    | 'identifier'
    | 'resample'
    | 'text'
    | 'null';
  /**
   * A text column with more levels is an identifier: it is not learned. Default: 100,000. Of more than
   * 1000 levels the rarest share a code: they come as often as in the data, whatever else is in a row.
   */
  readonly maximumLevels?: number;
  /**
   * Where the column cannot be learned, as a nested one: synthetic rows hold null, or the column is
   * refused before any training. Default: what `unmodelled` says for all columns, else 'null'.
   */
  readonly unmodelled?: UnmodelledChoice | undefined;
  /**
   * The lowest and the highest value of a column of numbers or times, where privacy is promised: taken from
   * what is known of the column, not from its rows. What lies beyond counts as the end that it is nearer to.
   * Default: powers of two that most values lie between, found at a part of the budget.
   */
  readonly range?: readonly [Exclude<CellValue, null>, Exclude<CellValue, null>] | undefined;
  /**
   * All values of a column of categories, where privacy is promised: again of what is known, not of the
   * rows. Others are learned as if they were among these. Default: those that enough rows have, found at a
   * part of the budget.
   */
  readonly levels?: readonly Exclude<CellValue, null>[] | undefined;
}

const isNumber = (type: DataType) => DataType.isInt(type) || DataType.isDecimal(type);

/** Which fields each kind fits. */
const fits: Record<NonNullable<ColumnOptions['kind']>, (field: Field) => boolean> = {
  continuous: ({ type }) => DataType.isFloat(type) || isNumber(type),
  integer: ({ type }) => isNumber(type),
  categorical: ({ type }) => isTextable(type),
  boolean: ({ type }) => DataType.isBool(type),
  temporal: ({ type }) => isTemporal(type),
  identifier: (field) => canBeNull(field) || canBeIdentifier(field.type),
  resample: ({ type }) => isTextable(type),
  text: ({ type }) => canBeTexts(type),
  null: canBeNull,
};

/** The options with their defaults; throws where they cannot be meant for the column. */
export function checkOptions(
  field: Field,
  sample: Vector,
  { kind, maximumLevels = 100_000, unmodelled }: ColumnOptions,
): { kind: ColumnOptions['kind']; maximumLevels: number } {
  if (!Number.isInteger(maximumLevels) || maximumLevels < 1) {
    throw new InvalidOptionError(
      `columns.${field.name}.maximumLevels is not a positive integer: ${maximumLevels}`,
    );
  }
  checkUnmodelledChoice(unmodelled, `columns.${field.name}.unmodelled`);
  checkKind(field, kind);
  if (kind === 'categorical') checkLevels(field, sample, maximumLevels);
  return { kind, maximumLevels };
}

/** Refuses a kind that a column cannot be learned as. @throws InvalidOptionError, SchemaError */
export function checkKind(field: Field, kind: ColumnOptions['kind']): void {
  if (kind === undefined) return;
  if (!Object.hasOwn(fits, kind)) {
    throw new InvalidOptionError(
      `columns.${field.name}.kind is unknown: ${kind}. Use one of ${Object.keys(fits).join(', ')}`,
    );
  }
  if (!fits[kind](field)) {
    const possible = Object.entries(fits).flatMap(([name, suits]) => (suits(field) ? [name] : []));
    throw new SchemaError(
      `column '${field.name}' of type ${field.type}${field.nullable ? '' : ', not nullable,'} ` +
        `cannot be learned as '${kind}'. Possible: ${possible.join(', ') || 'nothing'}`,
    );
  }
}

function checkLevels(field: Field, sample: Vector, maximumLevels: number): void {
  const levels = countLevels(readTexts(sample)).length;
  if (levels > Math.min(maximumLevels, levelCapacity(field.type))) {
    throw new SchemaError(
      `column '${field.name}' has too many levels to be categorical: ${levels}. ` +
        `Raise its maximumLevels (${maximumLevels}), or leave its kind to be chosen`,
    );
  }
}

/** Throws a SchemaError for a name in `overrides` that is no column. */
export function checkColumnNames(schema: Schema, overrides: Readonly<Record<string, unknown>>) {
  const names = schema.fields.map(({ name }) => name);
  for (const name of Object.keys(overrides)) {
    if (names.includes(name)) continue;
    const closest = closestName(name, names);
    throw new SchemaError(
      `columns names a column that does not exist: '${name}'. ` +
        `${closest === undefined ? '' : `Did you mean '${closest}'? `}Columns: ${names.join(', ')}`,
    );
  }
}
