import { type RecordBatch, RecordBatchReader, type Schema } from 'apache-arrow';
import { FormatError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { makeBatch, rebindBatch } from '../batches/batch.js';
import { emptyBatch } from '../batches/interleave.js';
import { rereadWhole, withRereading } from '../batches/rereadable.js';
import { type ByteSource, isByteStream, nameOf, readChunks } from '../files/byte-source.js';
import type { RangeReader } from '../files/range-reader.js';
import { commonOptions } from '../reader-options.js';
import { reasonOf } from '../reason.js';
import { assertSameSchema } from '../schema/schema.js';
import { openSource } from '../source/open-source.js';
import { type ByteQueue, createByteQueue } from './byte-queue.js';
import { withEmptyNames } from './empty-names.js';
import { ipcFileMagic, readFileAsStream } from './file-blocks.js';
import { readFrames } from './frames.js';
import { memoryRange, rangeChunks } from './ranges.js';
import { validateData } from './validate.js';

/** What {@link readIpcBatches} can be told. */
export interface ReadIpcOptions {
  /** Names the source in messages. Default: its path, or 'Arrow IPC input'. */
  name?: string;
  /** Stops the reading: the iteration rejects with its reason. */
  signal?: AbortSignal;
}

/** The options of `readIpcBatches`. */
export const readIpcOptions = object<ReadIpcOptions>({
  name: commonOptions.name,
  signal: commonOptions.signal,
});

/**
 * Reads Arrow IPC as record batches, in the file format or the stream format, as its bytes show.
 *
 * Nothing is opened before the first batch is asked for; the source is closed at the end, on an
 * error and when the iteration is left. All batches have one and the same schema object. Batches
 * without rows are left out, but a source without rows gives one of them.
 *
 * @param source a file on disk or the web, bytes, or a stream of them; a stream in the file format
 *   is gathered in memory first.
 * @throws FileError if the file cannot be opened or read.
 * @throws FormatError if it is no Arrow IPC, cut short or damaged.
 * @throws SchemaError if a stream that follows another one has other columns.
 */
export function readIpcBatches(
  source: ByteSource,
  options: ReadIpcOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  const again = rereadWhole(
    (signal) => readOnce(source, { ...options, ...(signal ? { signal } : {}) }),
    () => nameOf(source),
  );
  return withRereading(readOnce(source, options), isByteStream(source) ? undefined : again);
}

async function* readOnce(
  source: ByteSource,
  options: ReadIpcOptions,
): AsyncGenerator<RecordBatch, void, undefined> {
  checkOptions(readIpcOptions, options);
  const { name: given, signal } = options;
  signal?.throwIfAborted();
  const name = given ?? nameOf(source) ?? 'Arrow IPC input';
  if (isByteStream(source)) {
    yield* readBytes(name, readChunks(source, name, signal), signal);
    return;
  }
  const reader = await openSource(source, { name, signal });
  try {
    yield* readRange(name, reader, signal);
  } finally {
    await reader.close();
  }
}

async function* readRange(name: string, reader: RangeReader, signal?: AbortSignal) {
  const head = await reader.read(0, Math.min(reader.size, ipcFileMagic.length));
  const isFile = ipcFileMagic.equals(head);
  const queue = createByteQueue(isFile ? readFileAsStream(reader) : rangeChunks(reader));
  yield* decodeStream(name, queue, signal);
}

async function* readBytes(name: string, source: AsyncIterable<Uint8Array>, signal?: AbortSignal) {
  const queue = createByteQueue(source);
  try {
    const isFile = ipcFileMagic.equals(await queue.peek(ipcFileMagic.length));
    const file = isFile ? memoryRange(name, await queue.take(Infinity)) : undefined;
    const stream = file ? createByteQueue(readFileAsStream(file)) : queue;
    yield* decodeStream(name, stream, signal);
  } finally {
    await queue.close();
  }
}

async function* decodeStream(
  name: string,
  queue: ByteQueue,
  signal?: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  let schema: Schema | undefined;
  let isEmpty = true;
  try {
    // Streams may follow each other: `cat a.arrows b.arrows`.
    for (let number = 0; schema === undefined || !(await isAtEnd(queue)); number++) {
      const streamName: string = number === 0 ? name : `${name}, stream ${number}`;
      for await (const batch of decodeFrames(streamName, readFrames(streamName, queue))) {
        signal?.throwIfAborted();
        schema ??= batch.schema;
        assertSameSchema(schema, batch.schema, streamName);
        if (batch.numRows === 0) continue;
        isEmpty = false;
        yield rebindBatch(schema, batch);
      }
    }
    if (isEmpty) yield emptyBatch(schema);
  } finally {
    await queue.close();
  }
}

async function isAtEnd(queue: ByteQueue): Promise<boolean> {
  return (await queue.peek(1)).length === 0;
}

/** The batches of one stream; one without rows at its end says what the schema is. */
async function* decodeFrames(
  name: string,
  frames: AsyncIterable<Uint8Array>,
): AsyncGenerator<RecordBatch, void, undefined> {
  const failed: { error?: unknown } = {};
  try {
    const reader = await RecordBatchReader.from(noting(frames, failed));
    await reader.open();
    const schema = withEmptyNames(reader.schema);
    for await (const batch of reader) {
      if (batch.numRows === 0) continue;
      // The reader's batches have a copy of the schema, a wrong one if two columns have one name.
      const sound = makeBatch(reader.schema, batch.data.children, batch.numRows);
      validateData(sound.data);
      yield rebindBatch(schema, sound);
    }
    yield emptyBatch(schema);
  } catch (cause) {
    // An error of the source, such as an abort, passes as it is.
    if ('error' in failed) throw failed.error;
    throw cannotDecode(name, cause);
  }
}

/** The same, and what the source itself raises. */
async function* noting<T>(source: AsyncIterable<T>, failed: { error?: unknown }) {
  try {
    yield* source;
  } catch (error) {
    failed.error = error;
    throw error;
  }
}

function cannotDecode(name: string, cause: unknown): FormatError {
  return new FormatError(
    `Arrow IPC cannot be decoded: ${name} (${reasonOf(cause)}). It is damaged, or uses what apache-arrow for JavaScript does not know.`,
    { cause },
  );
}
