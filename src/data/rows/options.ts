import { DataType, Schema } from 'apache-arrow';
import { checkOptions } from '../../options/check.js';
import { object, recordOf } from '../../options/composed.js';
import { about, type Option } from '../../options/option.js';
import { abortSignal, custom, oneOf, wholeNumber } from '../../options/values.js';
import { parseRowType, type RowType, rowTypeNames } from './types.js';

/** What {@link rowBatches} can be told. */
export interface RowsOptions {
  /** The columns, all of them. Default: what the first rows show. */
  readonly schema?: Schema | undefined;
  /**
   * Types of some columns, by name, where they are not what the first rows show, or are not in these.
   * What is told is also converted: a text of digits to a number, a number to text.
   */
  readonly types?: Readonly<Record<string, RowType>> | undefined;
  /** Rows that the schema is found in; they are held in memory. Default: 1,000. */
  readonly sample?: number | undefined;
  /** Rows of a batch, at most. Default: 8,192. */
  readonly batchRows?: number | undefined;
  /** What objects within rows become: structs, or a column `a.b` for each member. Default: 'struct'. */
  readonly nested?: 'struct' | 'flatten' | undefined;
  /** What is done about a key that has no column. Default: 'refuse'. */
  readonly extraKeys?: 'refuse' | 'ignore' | undefined;
  /** Stops the reading: the iteration rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

const rowType: Option<RowType> = custom(
  `one of ${rowTypeNames.join(', ')}, or a type of apache-arrow`,
  (value) =>
    value instanceof DataType || (typeof value === 'string' && parseRowType(value) !== undefined),
);

/** The description of {@link RowsOptions}. */
export const rowsOptions = object<RowsOptions>({
  schema: about(
    'all columns',
    custom('a Schema of apache-arrow', (value) => value instanceof Schema),
  ),
  types: about(
    'types of columns, by name',
    recordOf(rowType, 'types by column', (name) => `[${JSON.stringify(name)}]`),
  ),
  sample: about('rows that the schema is found in', wholeNumber({ from: 1 })),
  batchRows: about('rows of a batch, at most', wholeNumber({ from: 1, to: 2 ** 24 })),
  nested: about('what objects within rows become', oneOf(['struct', 'flatten'])),
  extraKeys: about('what is done about keys without a column', oneOf(['refuse', 'ignore'])),
  signal: about('stops the reading', abortSignal()),
});

/** The options with their defaults. */
export interface CheckedRowsOptions {
  readonly schema: Schema | undefined;
  readonly types: Readonly<Record<string, RowType>>;
  readonly sample: number;
  readonly batchRows: number;
  readonly nested: 'struct' | 'flatten';
  readonly extraKeys: 'refuse' | 'ignore';
  readonly signal: AbortSignal | undefined;
}

/** The options with their defaults. @throws InvalidOptionError for one that cannot be used. */
export function checkRowsOptions(options: RowsOptions): CheckedRowsOptions {
  checkOptions(rowsOptions, options);
  return {
    schema: options.schema,
    types: options.types ?? {},
    sample: options.sample ?? 1000,
    batchRows: options.batchRows ?? 8192,
    nested: options.nested ?? 'struct',
    extraKeys: options.extraKeys ?? 'refuse',
    signal: options.signal,
  };
}
