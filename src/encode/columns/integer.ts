import { DataType, type Field, type Vector } from 'apache-arrow';
import { wholeRange } from '../cells/column-values.js';
import { commonStep } from '../cells/granularity.js';
import type { ColumnEncoder } from '../encoder.js';
import { fitWhole } from './whole.js';

const powersOfTen = Array.from({ length: 9 }, (_, digits) => 10n ** BigInt(9 - digits));

/**
 * Fits an integer column (8 to 64 bits, signed or not) or a decimal one, by its unscaled numbers.
 *
 * If every number is a multiple of 10, 100, …, so is every decoded one (see `commonStep`). See
 * `fitWhole` for the tolerance. The sample has at least one valid row.
 */
export function fitInteger(field: Field, sample: Vector): ColumnEncoder {
  const kind = DataType.isDecimal(field.type) ? 'decimal' : 'integer';
  const range = wholeRange(sample) ?? { minimum: 0n, maximum: 0n };
  return fitWhole(kind, field, sample, { ...range, step: commonStep(sample, powersOfTen) });
}
