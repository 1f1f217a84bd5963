import type { RecordBatch, Schema } from 'apache-arrow';
import type { ParquetWriter } from 'parquetjs-lite';
import { FormatError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { oneOf, wholeNumber } from '../../options/values.js';
import { abortable, yieldToEventLoop } from '../../threads/abortable.js';
import { type BatchSource, toBatches } from '../batches/batch-source.js';
import { countPieceRows, pieceBatch } from '../batches/piece.js';
import { type ByteSink, writeAtomically } from '../files/atomic.js';
import type { FileSummary } from '../files/file-summary.js';
import { splitRowGroups } from '../parquet/split.js';
import { arrowSchemaKey, encodeArrowSchema } from '../parquet/types/arrow-schema.js';
import { commonOptions } from '../reader-options.js';
import { sameColumns } from '../schema/same-columns.js';
import { type ParquetJsCompression, parquetJsFields } from './fields.js';
import { type FlatColumn, flatColumns, flatValues } from './guard.js';
import { loadParquetJs, type ParquetJs } from './library.js';
import { makeRow, writerValue } from './row.js';

/** What {@link writeParquetJsFile} can be told. */
export interface WriteParquetJsOptions {
  /** Rows of a row group, at most. Default: 16,384, and fewer where rows are wide. */
  rowGroupRows?: number;
  /** Default: 'snappy'. */
  compression?: ParquetJsCompression;
  /** Stops the writing: the promise rejects with its reason, and no file appears. */
  signal?: AbortSignal;
}

/** The options of `writeParquetJs`. */
export const writeParquetJsOptions = object<WriteParquetJsOptions>({
  rowGroupRows: about('rows of a row group (default: 16384)', wholeNumber({ from: 1 })),
  compression: about('codec of the columns', oneOf(['snappy', 'gzip', 'uncompressed'])),
  signal: commonOptions.signal,
});

/** Rows between two turns of the event loop. */
const turnRows = 1024;

/**
 * Writes batches as a Parquet file by parquetjs-lite. The file appears whole or not at all.
 *
 * For flat tables of int32, int64 up to 2^53 - 1, finite float32 and float64, bool, utf8, date32
 * and binary. All else is refused: what is written comes back exactly.
 *
 * @throws SchemaError if a column has a type or name that it does not keep; before any row.
 * @throws DataError if a value is not kept exactly; before its row group is written.
 * @throws InvalidOptionError if parquetjs-lite is not installed.
 * @throws FileError if the file cannot be written.
 */
export async function writeParquetJsFile(
  path: string,
  batches: BatchSource,
  options: WriteParquetJsOptions = {},
): Promise<FileSummary<'parquet'>> {
  checkOptions(writeParquetJsOptions, options);
  const { rowGroupRows = 16_384, compression = 'snappy', signal } = options;
  const library = await loadParquetJs();
  return writeAtomically(path, async (sink) => {
    const source = sameColumns(abortable(toBatches(batches), signal), path);
    let output: Output | undefined;
    let rows = 0;
    for await (const { schema, pieces } of splitRowGroups(source, rowGroupRows)) {
      output ??= openOutput(library, schema, compression, sink);
      const size = countPieceRows(pieces);
      await writeRowGroup(output, pieces.map(pieceBatch), size, rows, signal);
      rows += size;
    }
    await output?.call((writer) => writer.close());
    signal?.throwIfAborted();
    return { path, format: 'parquet', rows, bytes: sink.position };
  });
}

interface Output {
  readonly columns: readonly FlatColumn[];
  readonly call: (action: (writer: ParquetWriter) => Promise<void>) => Promise<void>;
}

function openOutput(
  library: ParquetJs,
  schema: Schema,
  compression: ParquetJsCompression,
  sink: ByteSink,
): Output {
  const columns = flatColumns(schema);
  // The library does not wait for all of its writes: they are gathered here, and written in order.
  let pending: Uint8Array[] = [];
  const options = { pageIndex: false } as const;
  const fields = new library.ParquetSchema(parquetJsFields(schema, { compression }));
  const gather = (bytes: Uint8Array) => {
    pending.push(bytes);
  };
  const envelope = new library.ParquetEnvelopeWriter(fields, gather, () => {}, 0, options);
  const writer = new library.ParquetWriter(fields, envelope, options);
  writer.userMetadata = Object.assign(Object.create(null), Object.fromEntries(schema.metadata), {
    [arrowSchemaKey]: encodeArrowSchema(schema),
  });
  return {
    columns,
    async call(action) {
      await action(writer).catch((cause) => {
        throw explain(cause);
      });
      const chunks = pending;
      pending = [];
      for (const chunk of chunks) await sink.write(chunk);
    },
  };
}

async function writeRowGroup(
  { columns, call }: Output,
  batches: readonly RecordBatch[],
  size: number,
  firstRow: number,
  signal?: AbortSignal,
): Promise<void> {
  let start = firstRow;
  const parts = batches.map((batch) => {
    const values = flatValues(columns, batch, start);
    start += batch.numRows;
    return { values, rows: batch.numRows };
  });
  await call(async (writer) => {
    // The writer writes out a row group when it has so many rows.
    writer.setRowGroupSize(size);
    for (const { values, rows } of parts) {
      for (let row = 0; row < rows; row++) {
        await writer.appendRow(makeRow(columns, values, row, writerValue));
        if (row % turnRows === 0) await yieldToEventLoop(signal);
      }
    }
  });
}

/** The library throws plain strings. */
function explain(cause: unknown): unknown {
  if (cause instanceof Error) return cause;
  return new FormatError(`parquetjs-lite cannot write: ${cause}. Use writeParquet`, { cause });
}
