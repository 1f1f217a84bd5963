import type { Field, Schema } from 'apache-arrow';
import { cellText } from './cell-text.js';
import { balanceOf, type Conditions } from './options.js';
import { isRange, resolveRange } from './ranges.js';
import { findColumn } from './resolve.js';

/**
 * Refuses conditions that no model of such columns could meet, whatever it learns.
 *
 * @throws InvalidOptionError for a column that is not there, and for a value that is none of its type.
 */
export function checkConditionColumns({ where = {}, balance }: Conditions, schema: Schema): void {
  for (const [column, value] of Object.entries(where)) {
    const place = findColumn(schema, column, 'where');
    const field = schema.fields[place] as Field;
    if (isRange(value)) resolveRange(field, place, value);
    else cellText(field, value);
  }
  if (balance !== undefined) findColumn(schema, balanceOf(balance).column, 'balance');
}
