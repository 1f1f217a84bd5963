import { DataType, type Field, type Vector } from 'apache-arrow';
import { wholeRange } from '../cells/column-values.js';
import { commonStep, distancesFrom } from '../cells/granularity.js';
import type { ColumnEncoder } from '../encoder.js';
import type { ModeOptions } from '../modes/modes.js';
import { fitWhole } from './whole.js';

/**
 * Fits an integer column (8 to 64 bits, signed or not) or a decimal one, by its unscaled numbers.
 *
 * If the numbers are on a grid, such as multiples of five, so is every decoded one (see
 * `commonStep`). See `fitWhole` for the tolerance. The sample has at least one valid row.
 */
export function fitInteger(field: Field, sample: Vector, options: ModeOptions = {}): ColumnEncoder {
  const kind = DataType.isDecimal(field.type) ? 'decimal' : 'integer';
  const range = wholeRange(sample) ?? { minimum: 0n, maximum: 0n };
  const step = commonStep(distancesFrom(sample, range.minimum));
  return fitWhole(kind, field, sample, { ...range, step }, options);
}
