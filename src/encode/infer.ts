import {
  DataType,
  type Field,
  type RecordBatch,
  type Schema,
  Table,
  type Vector,
} from 'apache-arrow';
import { SchemaError } from '../errors.js';
import { yieldToEventLoop } from '../threads/abortable.js';
import { automaticKind, type FittedKind } from './automatic-kind.js';
import { readTexts } from './cells/column-texts.js';
import { isText } from './cells/column-types.js';
import { nullCountOf } from './cells/column-values.js';
import { type ColumnOptions, checkColumnNames, checkOptions } from './column-options.js';
import { boolean } from './columns/boolean.js';
import { countLevels, fitCategorical, type Level } from './columns/categorical.js';
import { constant } from './columns/constant.js';
import { fitContinuous } from './columns/continuous.js';
import { fitIdentifier, textIdentifier } from './columns/identifier.js';
import { fitInteger } from './columns/integer.js';
import { fitMarkovColumn, type TextOptions } from './columns/markov.js';
import { canBeNull } from './columns/null-column.js';
import { nullable } from './columns/nullable.js';
import { resample } from './columns/resample.js';
import { fitTemporal } from './columns/temporal.js';
import type { ColumnEncoder } from './encoder.js';
import type { ModeOptions } from './modes/modes.js';
import { commonLevels, withoutExtremes } from './rare-values.js';
import { columnOf } from './table.js';
import { refusedColumn, type UnmodelledChoice, unmodelled } from './unmodelled.js';

export type { ColumnOptions } from './column-options.js';
export { encoderFromJSON } from './from-json.js';

/**
 * How values are learned. Levels of fewer rows than `leastRows` are not, and numbers are bounded by the
 * value of this rank from either end. Default 1: each is.
 */
export interface ValueOptions extends ModeOptions {
  /** How columns of texts are fitted, where some are to be made. */
  readonly texts?: TextOptions | undefined;
}

/** What {@link inferEncoders} can be told of all columns. */
export interface InferOptions extends ValueOptions {
  /** For columns that cannot be learned and do not say so themselves. Default: 'null'. */
  readonly unmodelled?: UnmodelledChoice | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Chooses and fits an encoder for each column of a schema.
 *
 * `sample` has the schema's columns, in its order, and at least one row; it should be bounded (a
 * quarter of a million rows is plenty). How it is cut into batches does not matter. Throws a
 * SchemaError for a name in `overrides` that is no column, and as `inferEncoder` does.
 *
 * Events have their turn between the columns, and `signal` ends the work.
 */
export async function inferEncoders(
  schema: Schema,
  sample: Table | readonly RecordBatch[],
  overrides: Readonly<Record<string, ColumnOptions>> = {},
  { unmodelled, signal, ...values }: InferOptions = {},
): Promise<ColumnEncoder[]> {
  checkColumnNames(schema, overrides);
  const batches = sample instanceof Table ? sample.batches : sample;
  const encoders: ColumnEncoder[] = [];
  for (const [column, field] of schema.fields.entries()) {
    await yieldToEventLoop(signal);
    const vector = columnOf(batches, column);
    if (!vector) throw noRows(field);
    const own = Object.hasOwn(overrides, field.name) ? overrides[field.name] : undefined;
    encoders.push(
      inferEncoder(field, vector, { ...own, unmodelled: own?.unmodelled ?? unmodelled }, values),
    );
  }
  return encoders;
}

/**
 * Chooses and fits an encoder for one column; `override` has the last word on its kind.
 *
 * Throws a SchemaError for a sample without rows, for nulls in a field that is not nullable, for an
 * override that cannot fit the type, and for a column that can neither be learned nor be null, or
 * is not to be.
 */
export function inferEncoder(
  field: Field,
  sample: Vector,
  override: ColumnOptions = {},
  values: ValueOptions = {},
): ColumnEncoder {
  if (sample.length === 0) throw noRows(field);
  const options = checkOptions(field, sample, override);
  if (DataType.isNull(field.type)) return unmodelled(field, 'null');
  const nulls = nullCountOf(sample);
  if (nulls > 0 && !field.nullable) {
    throw new SchemaError(
      `column '${field.name}' is not nullable but holds nulls: ${nulls} of ${sample.length} rows. ` +
        'Declare it nullable, or fill them',
    );
  }
  const kind = options.kind ?? automaticKind(field, sample, nulls, options.maximumLevels);
  if (kind === 'unmodelled' && override.unmodelled === 'refuse') throw refusedColumn(field);
  if (options.kind === 'identifier') return fitIdentifier(field, sample, true);
  const fitted =
    kind === 'text'
      ? fitTexts(field, sample, values.texts)
      : fitAs(kind, field, sample, nulls, values);
  if (fitted) return fitted;
  if (override.unmodelled === 'refuse') {
    throw refusedColumn(field, 'each of its values is of too few rows to be made');
  }
  return withheld(field);
}

/** Undefined where each value belongs to a few rows. */
function fitTexts(
  field: Field,
  sample: Vector,
  texts: TextOptions = {},
): ColumnEncoder | undefined {
  if (nullCountOf(sample) === sample.length) return unmodelled(field, 'null');
  return fitMarkovColumn(field, sample, texts);
}

/** Undefined where each value belongs to a few rows. */
function fitAs(
  kind: Exclude<FittedKind, 'text'>,
  field: Field,
  sample: Vector,
  nulls: number,
  values: ValueOptions,
): ColumnEncoder | undefined {
  const { leastRows = 1 } = values;
  const wrap = (encoder: ColumnEncoder) => (nulls > 0 ? nullable(encoder) : encoder);
  if (kind === 'identifier') return fitIdentifier(field, sample);
  if (kind === 'unmodelled') return unmodelled(field, 'unmodelled');
  if (kind === 'null' || nulls === sample.length) return unmodelled(field, 'null');
  // Of a column of a few values each belongs to a row.
  if (nulls > 0 && sample.length - nulls < leastRows) return undefined;
  switch (kind) {
    case 'boolean':
    case 'categorical':
    case 'resample':
      return fitLevels(kind, field, countLevels(readTexts(sample)), leastRows);
    case 'constant':
      return wrap(constant(field, readTexts(sample).find((text) => text !== null) ?? ''));
    case 'continuous':
    case 'integer':
    case 'temporal':
      return wrap(fitNumbers(kind, field, withoutExtremes(sample, leastRows), values));
  }
}

function fitLevels(
  kind: 'boolean' | 'categorical' | 'resample',
  field: Field,
  all: readonly Level[],
  leastRows: number,
): ColumnEncoder | undefined {
  const levels = commonLevels(all, leastRows);
  if (levels.every(({ text }) => text === null)) return undefined;
  if (kind === 'resample') return resample(field, levels);
  const isRedrawn = levels.length < all.length;
  return (kind === 'boolean' ? boolean : fitCategorical)(field, levels, isRedrawn);
}

function fitNumbers(
  kind: 'continuous' | 'integer' | 'temporal',
  field: Field,
  sample: Vector,
  values: ValueOptions,
): ColumnEncoder {
  if (kind === 'temporal') return fitTemporal(field, sample, values);
  return DataType.isFloat(field.type)
    ? fitContinuous(field, sample, values)
    : fitInteger(field, sample, values);
}

/** An encoder of a column each of whose values belongs to a few rows: nothing of it is made or saved. */
function withheld(field: Field): ColumnEncoder {
  if (canBeNull(field)) return unmodelled(field, 'unmodelled');
  if (isText(field.type)) return textIdentifier(field);
  throw new SchemaError(
    `column '${field.name}' has no value that enough rows have to be made, and cannot be null. Give ` +
      'more rows, declare it nullable, or say fit: { privacy: false }',
  );
}

function noRows(field: Field): SchemaError {
  return new SchemaError(
    `column '${field.name}' cannot be fitted to a sample without rows: 0. Give at least one row`,
  );
}
