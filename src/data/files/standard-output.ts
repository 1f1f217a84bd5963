import type { RecordBatch } from 'apache-arrow';
import type { IpcFormat } from '../ipc/message-writer.js';
import { writeIpcStream } from '../ipc/write.js';
import type { FileSummary } from './file-summary.js';

/**
 * Writes batches as an Arrow IPC stream to a stream that stays open, such as standard output, no
 * faster than its reader takes them.
 *
 * @throws FileError if the reader goes away (`cause.code` is 'EPIPE') or the stream fails.
 */
export function writeStandardOutput(
  output: NodeJS.WritableStream,
  batches: AsyncIterable<RecordBatch>,
  signal?: AbortSignal,
): Promise<FileSummary<IpcFormat>> {
  const options = { format: 'arrow-stream', name: 'standard output', end: false, signal } as const;
  return writeIpcStream(output, batches, options);
}
