import type { ColumnEncoder } from '../../../encode/encoder.js';
import { inferEncoders } from '../../../encode/infer.js';
import type { ModeOptions } from '../../../encode/modes/modes.js';
import { type EncodedTable, encodeTable } from '../../../encode/table.js';
import { assertLearnable } from '../assert-learnable.js';
import type { TrainingData } from '../family.js';
import { holdOut } from './hold-out.js';

/** A table as numbers: all its rows, those to train on and those to judge by. */
export interface TrainingTable {
  /** One for each column. */
  readonly encoders: readonly ColumnEncoder[];
  readonly table: EncodedTable;
  readonly train: EncodedTable;
  readonly held: EncodedTable;
}

/** How a table becomes numbers. */
interface TableOptions extends Pick<ModeOptions, 'numbers'> {
  /** Of fewer rows none are held out. Default 2000. */
  readonly fewRows?: number;
}

/**
 * Fits encoders to the rows of a table, and encodes them.
 *
 * @throws SchemaError when no column can be learned.
 */
export async function encodeForTraining({
  schema,
  batches,
  columns,
  unmodelled,
  leastRows,
  texts,
  random,
  signal,
  numbers,
  fewRows = 2000,
}: TrainingData & TableOptions): Promise<TrainingTable> {
  const encoders = await inferEncoders(schema, batches, columns, {
    unmodelled,
    leastRows,
    numbers,
    texts,
    signal,
  });
  assertLearnable(schema, encoders);
  const table = await encodeTable(encoders, batches, random.fork('encode'), signal);
  const { train, held } = holdOut(table, random.fork('holdOut'), fewRows);
  return { encoders, table, train, held };
}
