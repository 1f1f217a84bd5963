import type { RecordBatch } from 'apache-arrow';
import { FileError } from '../errors.js';
import { abortable } from './abortable.js';
import type { FileSummary } from './file-summary.js';
import { countRows, encodeIpcStream } from './ipc/write.js';

/**
 * Writes batches as an Arrow IPC stream to a stream that stays open, such as standard output, no
 * faster than its reader takes them.
 *
 * @throws FileError if the reader goes away (`cause.code` is 'EPIPE') or the stream fails.
 */
export async function writeStandardOutput(
  output: NodeJS.WritableStream,
  batches: AsyncIterable<RecordBatch>,
  signal?: AbortSignal,
): Promise<FileSummary<'arrow-stream'>> {
  const { batches: counted, rows } = countRows(abortable(batches, signal));
  let bytes = 0;
  // A stream whose reader goes away emits 'error', and without a listener the process dies of it.
  const ignore = () => {};
  output.on('error', ignore);
  try {
    for await (const chunk of encodeIpcStream(counted)) {
      await writeChunk(output, chunk, signal);
      bytes += chunk.byteLength;
    }
  } finally {
    // The event may come after the callback with the same error.
    setImmediate(() => output.removeListener('error', ignore));
  }
  signal?.throwIfAborted();
  return { path: '-', format: 'arrow-stream', rows: rows(), bytes };
}

function writeChunk(
  output: NodeJS.WritableStream,
  chunk: Uint8Array,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    // The callback comes when the chunk has been taken: that is the back-pressure.
    output.write(chunk, (error) => {
      signal?.removeEventListener('abort', stop);
      if (error) reject(explain(error));
      else resolve();
    });
  });
}

function explain(cause: NodeJS.ErrnoException): FileError {
  const reason =
    cause.code === 'EPIPE'
      ? 'its reader has gone away. See that the next program reads to the end'
      : `${cause.message}. Check free space`;
  return new FileError(`standard output cannot be written: ${reason}`, { cause });
}
