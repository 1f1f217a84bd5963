import type { Field } from 'apache-arrow';
import type { ColumnEncoder } from '../encoder.js';
import { categorical, type Level } from './categorical.js';

/**
 * An encoder of a boolean column: a category of false, true and null, where they occur. Exact, but for
 * levels that are left out.
 */
export function boolean(field: Field, levels: readonly Level[], isRedrawn = false): ColumnEncoder {
  return categorical(field, levels, 'boolean', levels.length, isRedrawn);
}
