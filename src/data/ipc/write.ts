import type { RecordBatch } from 'apache-arrow';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { boolean, oneOf } from '../../options/values.js';
import { type BatchSource, toBatches } from '../batches/batch-source.js';
import { type ByteStreamTarget, type ByteTarget, targetPath } from '../files/byte-target.js';
import type { FileSummary } from '../files/file-summary.js';
import { type Encode, writeEncoded } from '../files/write-encoded.js';
import { commonOptions } from '../reader-options.js';
import { sameColumns } from '../schema/same-columns.js';
import { createDictionaryKeeper } from './dictionaries.js';
import { createMessageWriter, type IpcFormat } from './message-writer.js';
import { plainBatch } from './plain.js';

/** What {@link writeIpcBatches} can be told. */
export interface WriteIpcOptions {
  /**
   * 'arrow-file', also known as Feather 2, or 'arrow-stream'. Default: the format that the extension
   * of a path names, else the file format; for a stream, the stream format.
   */
  readonly format?: IpcFormat | undefined;
  /** Whether a stream that is written to is ended. Standard output never is. Default: true. */
  readonly end?: boolean | undefined;
  /** Names a stream in messages. Default: 'output stream'. */
  readonly name?: string | undefined;
  /** Stops the writing: the promise rejects with its reason, and no file appears. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of `writeArrow`. */
export const writeIpcOptions = object<WriteIpcOptions>({
  format: about('the file or the stream format', oneOf(['arrow-file', 'arrow-stream'])),
  end: about('whether a stream that is written to is ended', boolean()),
  name: commonOptions.name,
  signal: commonOptions.signal,
});

/**
 * Writes batches as Arrow IPC, uncompressed: to a file, which appears whole or not at all, or to a
 * Node or web stream, no faster than its reader takes them. A stream that cannot be written to its
 * end is destroyed with the error, so that its reader does not take it for whole.
 *
 * @throws SchemaError as `writeIpcFile` does.
 * @throws FileError if the file or stream cannot be written.
 */
export async function writeIpcBatches(
  target: ByteTarget,
  source: BatchSource,
  options: WriteIpcOptions = {},
): Promise<FileSummary<IpcFormat>> {
  checkOptions(writeIpcOptions, options);
  const batches = toBatches(source);
  const path = targetPath(target);
  if (path === undefined) return writeIpcStream(target as ByteStreamTarget, batches, options);
  const format = options.format ?? (/\.(arrows|ipc)$/i.test(path) ? 'arrow-stream' : 'arrow-file');
  return writeIpcFile(path, batches, { format, signal: options.signal });
}

/** As {@link writeIpcBatches}, to a stream. */
export async function writeIpcStream(
  target: ByteStreamTarget,
  batches: AsyncIterable<RecordBatch>,
  { format = 'arrow-stream', ...options }: WriteIpcOptions = {},
): Promise<FileSummary<IpcFormat>> {
  return writeEncoded(target, batches, { ...options, format, encode: encodeAs(format) });
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
  { format, signal }: { format: IpcFormat; signal?: AbortSignal | undefined },
): Promise<FileSummary<IpcFormat>> {
  return writeEncoded(path, batches, { format, signal, encode: encodeAs(format) });
}

const encodeAs =
  (format: IpcFormat): Encode =>
  (batches, what) =>
    encodeIpc(batches, format, what);

/**
 * The bytes of an Arrow IPC stream of the batches, as many at a time as a batch has.
 *
 * @throws SchemaError as `writeIpcFile` does.
 */
export function encodeIpcStream(
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<Uint8Array, void, undefined> {
  return encodeIpc(batches, 'arrow-stream', 'Arrow IPC stream');
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
