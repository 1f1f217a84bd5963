import type { RecordBatch } from 'apache-arrow';
import { abortable } from '../abortable.js';
import { writeAtomically } from '../atomic.js';
import type { FileSummary } from '../file-summary.js';
import { sameColumns } from '../same-columns.js';
import { createDictionaryKeeper } from './dictionaries.js';
import { createMessageWriter, type IpcFormat } from './message-writer.js';
import { plainBatch } from './plain.js';

/** What {@link writeIpcFile} can be told. */
export interface WriteIpcOptions {
  /** 'arrow-file', also known as Feather 2, or 'arrow-stream'. */
  format: IpcFormat;
  /** Stops the writing: the promise rejects with its reason, and no file appears. */
  signal?: AbortSignal;
}

/**
 * Writes batches as Arrow IPC, uncompressed, to a file which appears whole or not at all.
 *
 * @throws SchemaError if a batch has other columns than the first, if dictionaries together outgrow
 *   their index type in the file format, or if there is no batch at all.
 * @throws FileError if the file cannot be written.
 */
export async function writeIpcFile(
  path: string,
  batches: AsyncIterable<RecordBatch>,
  { format, signal }: WriteIpcOptions,
): Promise<FileSummary<IpcFormat>> {
  return writeAtomically(path, async (sink) => {
    const counter = countRows(abortable(batches, signal));
    for await (const bytes of encodeIpc(counter.batches, format, path)) await sink.write(bytes);
    signal?.throwIfAborted();
    return { path, format, rows: counter.rows(), bytes: sink.position };
  });
}

/**
 * The bytes of an Arrow IPC stream of the batches, as many at a time as a batch has.
 *
 * @throws SchemaError as {@link writeIpcFile}.
 */
export function encodeIpcStream(
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<Uint8Array, void, undefined> {
  return encodeIpc(batches, 'arrow-stream', 'Arrow IPC stream');
}

/** The batches, and how many rows have passed so far. */
export function countRows(source: AsyncIterable<RecordBatch>) {
  let rows = 0;
  async function* counted(): AsyncGenerator<RecordBatch, void, undefined> {
    for await (const batch of source) {
      rows += batch?.numRows ?? 0;
      yield batch;
    }
  }
  return { batches: counted(), rows: () => rows };
}

async function* encodeIpc(
  batches: AsyncIterable<RecordBatch>,
  format: IpcFormat,
  what: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const writer = createMessageWriter(format);
  let keep: ((batch: RecordBatch) => RecordBatch) | undefined;
  for await (const batch of sameColumns(batches, what)) {
    if (!keep) {
      keep = createDictionaryKeeper(batch.schema, format);
      yield writer.start(batch.schema);
    }
    // A batch of no rows says nothing that the schema does not.
    if (batch.numRows > 0) yield writer.write(plainBatch(keep(batch)));
  }
  yield writer.finish();
}
