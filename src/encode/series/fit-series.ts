import type { Field, Vector } from 'apache-arrow';
import type { ColumnOptions } from '../column-options.js';
import type { ColumnEncoder } from '../encoder.js';
import { inferEncoder } from '../infer.js';
import { withOneMode } from './one-mode.js';
import { itemField, type Lengths, type SeriesEncoder, series } from './series.js';
import { canBeTimes, gapField, knownGaps, startsOf, times } from './times.js';

/**
 * Fits an encoder of lists: of their items, as those of a column of their own, in which numbers have one
 * mode.
 *
 * @param vector Lists that are neither null nor empty.
 * @throws SchemaError as `inferEncoder` does.
 */
export function fitSeries(
  field: Field,
  vector: Vector,
  items: Vector,
  lengths: Lengths,
  options: ColumnOptions & { readonly isOrder: boolean },
): SeriesEncoder {
  const { isOrder, ...override } = options;
  const item = itemField(field);
  const hasNulls = items.nullCount > 0;
  if (isOrder && override.kind === undefined && canBeTimes(item) && !hasNulls) {
    return fitTimes(field, vector, lengths);
  }
  return series(field, fitItems(item, items, override), lengths);
}

function fitItems(field: Field, items: Vector, override: ColumnOptions): ColumnEncoder {
  return withOneMode(field, inferEncoder(field, items, override));
}

function fitTimes(field: Field, vector: Vector, lengths: Lengths): SeriesEncoder {
  const item = itemField(field);
  const starts = startsOf(vector);
  const gaps = knownGaps(vector);
  const fitted = inferEncoder(item, starts);
  // Whole numbers that look as if they counted rows are learned all the same.
  const start =
    fitted.kind === 'identifier' ? inferEncoder(item, starts, { kind: 'integer' }) : fitted;
  const gap = gapField(item);
  const gapEncoder = inferEncoder(gap, gaps);
  const known =
    gapEncoder.kind === 'identifier' ? inferEncoder(gap, gaps, { kind: 'integer' }) : gapEncoder;
  return times(field, start, withOneMode(gap, known), lengths);
}
