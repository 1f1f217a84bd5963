import { either, object, recordOf } from '../../options/composed.js';
import { about, required, type ShapeOf } from '../../options/option.js';
import { callback, custom, number, text } from '../../options/values.js';
import type { Balance, CellValue, ConditionOptions, ConditionReport } from './options.js';

const cell = custom<CellValue>(
  'a text, a number, a bigint, true, false, a date or null',
  (value) =>
    value === null ||
    value instanceof Date ||
    ['string', 'number', 'bigint', 'boolean'].includes(typeof value),
  { type: ['string', 'number', 'boolean', 'null'] },
);

/** The options of what synthetic rows are to be like. */
export const conditionShape: ShapeOf<ConditionOptions> = {
  where: about(
    'values that every synthetic row has',
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
