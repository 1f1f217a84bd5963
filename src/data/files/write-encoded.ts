import type { RecordBatch } from 'apache-arrow';
import { abortable } from '../../threads/abortable.js';
import { writeAtomically } from './atomic.js';
import {
  type ByteStreamTarget,
  type ByteTarget,
  openStreamSink,
  targetPath,
} from './byte-target.js';
import type { FileSummary } from './file-summary.js';

/** What turns batches into the bytes of a format; `what` names the output in messages. */
export type Encode = (
  batches: AsyncIterable<RecordBatch>,
  what: string,
) => AsyncIterable<Uint8Array>;

interface Writing<Format extends string> {
  readonly format: Format;
  readonly encode: Encode;
  readonly end?: boolean | undefined;
  readonly name?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes batches as bytes: to a file, which appears whole or not at all, or to a Node or web stream,
 * no faster than its reader takes them. A stream that cannot be written to its end is destroyed with
 * the error, so that its reader does not take it for whole.
 *
 * @throws FileError if the file or stream cannot be written.
 */
export async function writeEncoded<Format extends string>(
  target: ByteTarget,
  batches: AsyncIterable<RecordBatch>,
  { format, encode, end, name = 'output stream', signal }: Writing<Format>,
): Promise<FileSummary<Format>> {
  const path = targetPath(target);
  const counter = countRows(abortable(batches, signal));
  if (path !== undefined) {
    return writeAtomically(path, async (sink) => {
      for await (const bytes of encode(counter.batches, path)) await sink.write(bytes);
      signal?.throwIfAborted();
      return { path, format, rows: counter.rows(), bytes: sink.position };
    });
  }
  const sink = openStreamSink(target as ByteStreamTarget, name, end);
  try {
    let bytes = 0;
    for await (const chunk of encode(counter.batches, name)) {
      await sink.write(chunk, signal);
      bytes += chunk.byteLength;
    }
    signal?.throwIfAborted();
    await sink.finish(signal);
    return { path: '-', format, rows: counter.rows(), bytes };
  } catch (error) {
    await sink.fail(error);
    throw error;
  }
}

/** The batches, and how many rows have passed so far. */
function countRows(source: AsyncIterable<RecordBatch>) {
  let rows = 0;
  async function* counted(): AsyncGenerator<RecordBatch, void, undefined> {
    for await (const batch of source) {
      rows += batch?.numRows ?? 0;
      yield batch;
    }
  }
  return { batches: counted(), rows: () => rows };
}
