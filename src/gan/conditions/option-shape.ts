import { either, object, recordOf } from '../../options/composed.js';
import { about, required, type ShapeOf } from '../../options/option.js';
import { callback, custom, number, text } from '../../options/values.js';
import type {
  Balance,
  CellRange,
  CellValue,
  ConditionOptions,
  ConditionReport,
} from './options.js';

const cellTypes = { type: ['string', 'number', 'boolean', 'null'] };

const isCell = (value: unknown) =>
  value === null ||
  value instanceof Date ||
  ['string', 'number', 'bigint', 'boolean'].includes(typeof value);

const cell = either(
  [
    custom<CellValue>('a text, a number, a bigint, true, false, a date or null', isCell, cellTypes),
    custom<CellRange>(
      'a range [from, to] of these',
      (value) => Array.isArray(value) && value.length === 2 && value.every(isCell),
      { type: 'array', items: cellTypes, minItems: 2, maxItems: 2 },
    ),
  ],
  'a text, a number, a bigint, true, false, a date, null or a range [from, to] of these',
);

/** The options of what synthetic rows are to be like. */
export const conditionShape: ShapeOf<ConditionOptions> = {
  where: about(
    'values, or ranges [from, to] of them, that every synthetic row has',
    recordOf(cell, 'an object of values by column'),
  ),
  balance: about(
    'make the levels of this column as equally frequent as the synthetic rows can',
    either(
      [
        text('the name of a column'),
        object<Balance>({
          column: required(text('the name of a column')),
          shares: recordOf(number({ from: 0 }), 'an object of shares by level'),
        }),
      ],
      'the name of a column, or { column, shares }',
    ),
  ),
  onConditions: callback<(report: ConditionReport) => void>(),
};
