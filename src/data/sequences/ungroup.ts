import type { Data, RecordBatch, Schema } from 'apache-arrow';
import { DataError, SchemaError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { abortable } from '../../threads/abortable.js';
import { closeOnAbort } from '../../threads/close-on-abort.js';
import { closeable } from '../../threads/closeable.js';
import { makeBatch } from '../batches/batch.js';
import { type BatchSource, toBatches } from '../batches/batch-source.js';
import { emptyBatch } from '../batches/interleave.js';
import { withClosingMetadata } from '../files/closing-metadata.js';
import { gatherData } from '../gather/data.js';
import { createRunList, type RunList } from '../gather/runs.js';
import { ofOneSchema } from '../schema/one-schema.js';
import { type UngroupOptions, ungroupOptions } from './options.js';
import { readSequenceLayout, type SequenceLayout, ungroupedSchema } from './sequence-layout.js';

/** Rows of the long table in one batch, about: it ends with a sequence. */
const batchEvents = 65_536;

/**
 * Makes a long table of rows of sequences: a row for each value of their lists, beside which the
 * attributes stand again and again. What `groupSequenceBatches` made becomes the same rows again, bit for
 * bit. A sequence without values leaves no row.
 *
 * @throws InvalidOptionError at once for options that cannot be used; from the iteration: SchemaError
 * where no column is a list; DataError for lists of one row that are null or of unlike length.
 */
export function ungroupSequenceBatches(
  source: BatchSource,
  options: UngroupOptions = {},
): AsyncIterable<RecordBatch> {
  checkOptions(ungroupOptions, options);
  const batches = toBatches(source);
  return closeable((signal) => ungroup(batches, signal), options.signal);
}

async function* ungroup(source: AsyncIterable<RecordBatch>, signal: AbortSignal) {
  const input = ofOneSchema(abortable(closeOnAbort(source, signal), signal));
  try {
    let output: Schema | undefined;
    let layout: SequenceLayout | undefined;
    let row = 0;
    for await (const batch of input) {
      layout ??= layoutOf(batch.schema);
      output ??= withClosingMetadata(batch.schema, ungroupedSchema(batch.schema, layout));
      yield* ungroupBatch(batch, output, layout, row);
      row += batch.numRows;
    }
  } finally {
    await input.return();
  }
}

function layoutOf(schema: Schema): SequenceLayout {
  const layout = readSequenceLayout(schema);
  if (layout) return layout;
  throw new SchemaError(
    `no column holds lists, so that there is nothing to ungroup: ` +
      `${schema.fields.map(({ name }) => name).join(', ') || 'no columns'}. Group rows first, by ` +
      `groupSequences({ by: … })`,
  );
}

function* ungroupBatch(batch: RecordBatch, output: Schema, layout: SequenceLayout, before: number) {
  const isSeries = batch.schema.fields.map(({ name }) => layout.lists.includes(name));
  const lengths = lengthsOf(batch, isSeries, before);
  if (batch.numRows === 0) yield emptyBatch(output);
  for (let start = 0; start < batch.numRows; ) {
    let [end, events] = [start, 0];
    while (end < batch.numRows && events < batchEvents) events += lengths[end++] as number;
    yield longBatch(batch, output, isSeries, lengths, start, end);
    start = end;
  }
}

/** The rows of sequences `start` to `end`, `end` not included. */
function longBatch(
  batch: RecordBatch,
  output: Schema,
  isSeries: readonly boolean[],
  lengths: Int32Array,
  start: number,
  end: number,
): RecordBatch {
  const repeated = createRunList();
  for (let row = start; row < end; row++) {
    for (let k = 0; k < (lengths[row] as number); k++) repeated.add(0, row, 1);
  }
  const columns = output.fields.map(({ type }, column) => {
    const data = batch.data.children[column] as Data;
    if (!isSeries[column]) return gatherData(type, [data], repeated);
    return gatherData(type, [data.children[0] as Data], itemRuns(data, start, end));
  });
  return makeBatch(output, columns, repeated.rows);
}

function itemRuns({ valueOffsets }: Data, start: number, end: number): RunList {
  const runs = createRunList(1);
  const first = Number(valueOffsets[start]);
  runs.add(0, first, Number(valueOffsets[end]) - first);
  return runs;
}

/** How long each row's sequence is. */
function lengthsOf(batch: RecordBatch, isSeries: readonly boolean[], before: number): Int32Array {
  const lengths = new Int32Array(batch.numRows);
  let first: string | undefined;
  batch.schema.fields.forEach(({ name }, column) => {
    if (!isSeries[column]) return;
    const data = batch.data.children[column] as Data;
    for (let row = 0; row < lengths.length; row++) {
      const length = Number(data.valueOffsets[row + 1]) - Number(data.valueOffsets[row]);
      if (!data.getValid(row)) {
        throw new DataError(`column '${name}' holds no list, but null: at row ${before + row}`);
      }
      if (first === undefined) lengths[row] = length;
      else if (lengths[row] !== length) {
        throw new DataError(
          `lists of one row must be equally long: at row ${before + row} column '${first}' holds ` +
            `${lengths[row]} values and '${name}' ${length}`,
        );
      }
    }
    first ??= name;
  });
  return lengths;
}
