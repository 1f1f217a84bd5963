import type { Schema } from 'apache-arrow';
import { schemaDifference } from '../data/schema/schema.js';
import { type BatchesInput, batchesIn } from './batches-input.js';
import { GuaranteeError } from './guarantee-error.js';
import { assertSameRow, readRows } from './row-reader.js';

/**
 * Checks that two streams hold the same rows, bit for bit and in the same order, however they are cut
 * into batches: that an augmentation is repeatable, or that a file gives back what was written.
 *
 * Columns must have the same names, types and nullability; metadata does not count.
 *
 * @returns How many rows there are.
 * @throws GuaranteeError that names the first row and column that differ.
 *
 * @example
 * checkSameRows(once, again); // of the same seed, data and model
 */
export function checkSameRows(expected: BatchesInput, actual: BatchesInput): number {
  const [before, now] = [batchesIn(expected, 'expected'), batchesIn(actual, 'actual')];
  const [schema, other] = [before[0]?.schema, now[0]?.schema];
  if (schema && other) assertSameColumns(schema, other);
  const [wanted, given] = [readRows(before), readRows(now)];
  const names = schema?.fields.map(({ name }) => name) ?? [];
  for (let row = 0; row < Math.min(wanted.count, given.count); row++) {
    assertSameRow(given, row, wanted, row, names, 'the row expected there');
  }
  if (wanted.count !== given.count) {
    const row = Math.min(wanted.count, given.count);
    const problem = `there are ${given.count} rows instead of ${wanted.count}`;
    throw new GuaranteeError(problem, { row });
  }
  return given.count;
}

function assertSameColumns(expected: Schema, actual: Schema): void {
  const difference = schemaDifference(expected, actual);
  if (difference !== undefined) throw new GuaranteeError(`the columns differ: ${difference}`);
}
