import type { RecordBatch } from 'apache-arrow';
import { checkOptions } from '../../options/check.js';
import { closeable } from '../../threads/closeable.js';
import { type BatchSource, toBatches } from '../batches/batch-source.js';
import { type CutPlan, cutSequences, type RangeMaker } from './cut-sequences.js';
import type { RowRange } from './held-rows.js';
import { type WindowOptions, windowOptions } from './options.js';

/**
 * Cuts a long series, or the series of each entity, into rows of sequences that are `length` rows long.
 *
 * A window starts every `step` rows: with fewer than `length` they overlap. Rows at the end that are too
 * few for a window are dropped, or kept as a shorter one. Of the stream one window is held.
 *
 * @throws InvalidOptionError at once for options that cannot be used; from the iteration: SchemaError
 * for columns that do not exist; DataError for an entity whose rows lie apart or out of order.
 */
export function windowBatches(
  source: BatchSource,
  options: WindowOptions,
): AsyncIterable<RecordBatch> {
  checkOptions(windowOptions, options);
  const batches = toBatches(source);
  return closeable((signal) => cutSequences(batches, windowPlan(options), signal), options.signal);
}

function windowPlan({ by = [], orderBy, attributes, ...options }: WindowOptions): CutPlan {
  const { length, step = length, rest = 'drop' } = options;
  return {
    by: typeof by === 'string' ? [by] : by,
    ...{ orderBy, attributes },
    maximumLength: Number.POSITIVE_INFINITY,
    createMaker: () => windowRanges(length, step, rest === 'keep'),
  };
}

function windowRanges(length: number, step: number, keepsRest: boolean): RangeMaker {
  /** Where the next window starts, and the last one ended. */
  let [start, covered] = [0, 0];
  const upTo = (end: number): RowRange[] => {
    const ranges: RowRange[] = [];
    for (; start + length <= end; start += step) {
      covered = start + length;
      ranges.push({ start, end: covered });
    }
    return ranges;
  };
  const close = (end: number): RowRange[] => {
    const ranges = upTo(end);
    if (keepsRest && start < end && covered < end) ranges.push({ start, end });
    return ranges;
  };
  return {
    get needed() {
      return start;
    },
    next(starts, end) {
      const ranges: RowRange[] = [];
      for (const begin of starts) {
        if (begin > 0) ranges.push(...close(begin));
        [start, covered] = [begin, begin];
      }
      return [...ranges, ...upTo(end)];
    },
    last: close,
  };
}
