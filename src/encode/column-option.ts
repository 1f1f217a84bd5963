import { listOf, object, recordOf } from '../options/composed.js';
import { about, hinted } from '../options/option.js';
import { custom, oneOf, wholeNumber } from '../options/values.js';
import type { ColumnOptions } from './column-options.js';
import type { CellValue } from './values/value.js';

type Value = Exclude<CellValue, null>;

const isValue = (value: unknown) =>
  value instanceof Date || ['string', 'number', 'bigint', 'boolean'].includes(typeof value);

const value = custom<Value>('a text, a number, a bigint, true, false or a date', isValue, {
  type: ['string', 'number', 'boolean'],
});

const columnOptions = hinted(
  "Give { kind: 'categorical' }",
  object<ColumnOptions>({
    kind: about(
      'what to learn the column as',
      oneOf([
        'continuous',
        'integer',
        'categorical',
        'boolean',
        'temporal',
        'identifier',
        'resample',
        'text',
        'null',
      ]),
    ),
    maximumLevels: about('levels of a text column, at most', wholeNumber({ from: 1 })),
    unmodelled: about('where it cannot be learned: null, or refused', oneOf(['null', 'refuse'])),
    range: about(
      'the lowest and the highest value, where privacy is promised',
      custom<readonly [Value, Value]>(
        'a list of the lowest and the highest value',
        (ends) => Array.isArray(ends) && ends.length === 2 && ends.every(isValue),
        { type: 'array', minItems: 2, maxItems: 2 },
      ),
    ),
    levels: about(
      'all values of a column of categories, where privacy is promised',
      listOf(value, 'a list of values', { least: 1 }),
    ),
  }),
);

/** What is said of columns, by their names. */
export const columnsOption = about(
  'what a column is to be learned as, where that should not be inferred',
  recordOf(columnOptions, 'an object of options by column'),
);
