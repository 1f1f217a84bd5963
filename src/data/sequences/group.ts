import type { RecordBatch } from 'apache-arrow';
import { checkOptions } from '../../options/check.js';
import { closeable } from '../../threads/closeable.js';
import { type BatchSource, toBatches } from '../batches/batch-source.js';
import { type CutPlan, cutSequences, type RangeMaker } from './cut-sequences.js';
import { type GroupOptions, groupOptions } from './options.js';

/** Rows of an entity at most, where the user does not say. */
export const defaultMaximumLength = 100_000;

/**
 * Groups the rows of a long table, such as events of devices over time, to one row an entity.
 *
 * Columns that are constant in each entity stay as they are: attributes of the whole. All others become
 * lists, with a value for each of the entity's rows, in their order. The schema's metadata says how the
 * rows were grouped; `ungroupSequenceBatches` makes the same rows of them again, bit for bit. Of the
 * stream no more is held than an entity, the first 65,536 rows, and a hash for each key.
 *
 * @throws InvalidOptionError at once for options that cannot be used; from the iteration: SchemaError
 * for columns that do not exist; DataError for an entity whose rows lie apart or out of order.
 */
export function groupSequenceBatches(
  source: BatchSource,
  options: GroupOptions,
): AsyncIterable<RecordBatch> {
  checkOptions(groupOptions, options);
  const batches = toBatches(source);
  return closeable((signal) => cutSequences(batches, groupPlan(options), signal), options.signal);
}

function groupPlan(options: GroupOptions): CutPlan {
  const { by, orderBy, attributes, maximumLength = defaultMaximumLength } = options;
  return {
    ...{ orderBy, attributes, maximumLength },
    by: typeof by === 'string' ? [by] : by,
    createMaker: entityRanges,
  };
}

/** All rows of an entity are one sequence. */
function entityRanges(): RangeMaker {
  let open = 0;
  return {
    get needed() {
      return open;
    },
    next(starts) {
      const ranges = [];
      for (const start of starts) {
        if (start > open) ranges.push({ start: open, end: start });
        open = start;
      }
      return ranges;
    },
    last: (end) => (end > open ? [{ start: open, end }] : []),
  };
}
