import type { RecordBatch } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import { describeField } from '../schema/describe.js';
import { ofOneSchema } from '../schema/one-schema.js';
import { type FlatColumn, flatColumns, flatValues } from './guard.js';
import { makeRow, type ParquetJsRow, readerValue, writerValue } from './row.js';
import { type ParquetJsSchema, schemaOfParquetJs } from './schema.js';
import type { StoredValue } from './stored.js';

/** Rows between two turns of the event loop. */
const turnRows = 1024;

type Batches = Iterable<RecordBatch> | AsyncIterable<RecordBatch>;

/**
 * Record batches as rows, with the values that the readers of parquetjs-lite give; null is a key
 * that is absent. The rows have no prototype.
 *
 * To write them by parquetjs-lite take {@link appendBatches}: `appendRow` takes the sign from -0.
 *
 * @throws SchemaError if parquetjs-lite does not keep a column exactly.
 * @throws DataError naming the column and row of a value that it does not keep exactly.
 */
export async function* rowsFromBatches(
  batches: Batches,
): AsyncGenerator<ParquetJsRow, void, undefined> {
  assertGiven(batches, 'batches', 'record batches');
  for await (const { columns, values, rows } of flatBatches(batches)) {
    for (let row = 0; row < rows; row++) yield makeRow(columns, values, row, readerValue);
  }
}

/** The part of a `ParquetWriter` of parquetjs-lite that batches are appended by. */
export interface ParquetJsWriter {
  readonly schema: ParquetJsSchema;
  appendRow(row: object): Promise<void>;
}

/**
 * Appends the rows of record batches to a `ParquetWriter` of parquetjs-lite, which stays open.
 *
 * A batch is checked whole before its first row is appended.
 *
 * @returns the number of rows.
 * @throws SchemaError if the writer has other columns than the batches, or parquetjs-lite does not
 *   keep one exactly.
 * @throws DataError naming the column and row of a value that it does not keep exactly.
 */
export async function appendBatches(writer: ParquetJsWriter, batches: Batches): Promise<number> {
  assertGiven(writer, 'writer', 'a ParquetWriter of parquetjs-lite');
  assertGiven(batches, 'batches', 'record batches');
  let total = 0;
  for await (const { columns, values, rows } of flatBatches(batches)) {
    if (total === 0) assertColumns(writer, columns);
    for (let row = 0; row < rows; row++) {
      await append(writer, makeRow(columns, values, row, writerValue));
      if (row % turnRows === 0) await yieldToEventLoop();
    }
    total += rows;
  }
  return total;
}

interface FlatBatch {
  readonly columns: readonly FlatColumn[];
  readonly values: readonly (readonly (StoredValue | null)[])[];
  readonly rows: number;
}

async function* flatBatches(batches: Batches): AsyncGenerator<FlatBatch, void, undefined> {
  let columns: FlatColumn[] | undefined;
  let first = 0;
  for await (const batch of ofOneSchema(batches as AsyncIterable<RecordBatch>)) {
    columns ??= flatColumns(batch.schema);
    yield { columns, values: flatValues(columns, batch, first), rows: batch.numRows };
    first += batch.numRows;
  }
}

function assertColumns({ schema }: ParquetJsWriter, columns: readonly FlatColumn[]): void {
  const wanted = schemaOfParquetJs(schema).fields.map(describeField).sort();
  const given = columns.map(({ field }) => describeField(field)).sort();
  if (wanted.join() === given.join()) return;
  throw new SchemaError(
    `writer of parquetjs-lite has other columns than the batches: (${wanted.join(', ')}), not (${given.join(', ')}). Make its schema of parquetJsFields`,
  );
}

async function append(writer: ParquetJsWriter, row: ParquetJsRow): Promise<void> {
  try {
    await writer.appendRow(row);
  } catch (cause) {
    // The library throws plain strings.
    throw cause instanceof Error ? cause : new Error(String(cause), { cause });
  }
}
