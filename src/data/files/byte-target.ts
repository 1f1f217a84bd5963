import { fileURLToPath } from 'node:url';
import { FileError, InvalidOptionError } from '../../errors.js';
import { untilAborted } from '../../threads/abortable.js';

/** A web stream to write to, as far as it is used here: those of every library fit. */
export interface WebByteSink {
  /** Locks the stream, and gives what writes it. */
  getWriter(): {
    /** Writes a piece, and waits until there is room for more. */
    write(chunk: Uint8Array): Promise<void>;
    /** Ends the stream. */
    close(): Promise<void>;
    /** Ends the stream as failed, for a reason. */
    abort(reason?: unknown): Promise<void>;
    /** Lets others write on. */
    releaseLock(): void;
  };
}

/** A stream that takes bytes: a Node stream or a web stream. */
export type ByteStreamTarget = NodeJS.WritableStream | WebByteSink;

/** Where bytes go: the path of a file, or a stream. */
export type ByteTarget = string | URL | ByteStreamTarget;

/** A stream that is being written to. */
export interface StreamSink {
  /** Resolves when the stream has taken the bytes: that is the back-pressure. */
  write(bytes: Uint8Array, signal?: AbortSignal): Promise<void>;
  /** Ends the stream, and resolves when it is done with all bytes. */
  finish(signal?: AbortSignal): Promise<void>;
  /** Breaks the stream off: its reader sees an error and not an end. */
  fail(error: unknown): Promise<void>;
}

/**
 * The path of a target that is a file.
 *
 * @throws InvalidOptionError for what is no target.
 */
export function targetPath(target: ByteTarget): string | undefined {
  if (typeof target === 'string') return target;
  if (target instanceof URL && target.protocol === 'file:') return fileURLToPath(target);
  const isStream =
    typeof target === 'object' &&
    target !== null &&
    ('getWriter' in target || typeof (target as NodeJS.WritableStream).write === 'function');
  if (isStream) return undefined;
  throw new InvalidOptionError(
    `target cannot be written to: ${String(target)}. Give a path, a Node stream or a web stream`,
  );
}

/**
 * Opens a stream for writing. Errors of the stream become a FileError; `cause.code` is 'EPIPE' when
 * its reader has gone away.
 *
 * @param name names it in messages.
 * @param end Whether the stream ends with the bytes; standard output never does.
 */
export function openStreamSink(target: ByteStreamTarget, name: string, end = true): StreamSink {
  return 'getWriter' in target ? webSink(target, name, end) : nodeSink(target, name, end);
}

function nodeSink(stream: NodeJS.WritableStream, name: string, end: boolean): StreamSink {
  // A stream whose reader goes away emits 'error', and without a listener the process dies of it.
  const ignore = () => {};
  stream.on('error', ignore);
  // The event may come after the callback with the same error.
  const settle = () => setImmediate(() => stream.removeListener('error', ignore));
  const ends = end && stream !== process.stdout && stream !== process.stderr;
  const write = (bytes: Uint8Array) => call(name, stream, (done) => stream.write(bytes, done));
  const finish = () => call(name, stream, (done) => stream.end(done as () => void));
  return {
    write: (bytes, signal) => untilAborted(write(bytes), signal),
    async finish(signal) {
      if (ends) await untilAborted(finish(), signal);
      settle();
    },
    async fail(error) {
      if (ends && 'destroy' in stream) (stream as { destroy(cause: unknown): void }).destroy(error);
      settle();
    },
  };
}

type Done = (error?: Error | null) => void;

function call(
  name: string,
  stream: NodeJS.WritableStream,
  start: (done: Done) => void,
): Promise<void> {
  let stop = () => {};
  return new Promise<void>((resolve, reject) => {
    const fail = (error: Error) => reject(explain(name, error));
    // A stream that is destroyed with a chunk in hand never calls back.
    const closed = () => fail(new Error('it was closed'));
    stream.once('error', fail).once('close', closed);
    stop = () => stream.removeListener('error', fail).removeListener('close', closed);
    start((error) => (error ? fail(error) : resolve()));
  }).finally(() => stop());
}

function webSink(stream: WebByteSink, name: string, end: boolean): StreamSink {
  const writer = stream.getWriter();
  const explained = (result: Promise<void>) =>
    result.catch((error) => {
      throw explain(name, error as Error);
    });
  return {
    write: (bytes, signal) => untilAborted(explained(writer.write(bytes)), signal),
    async finish(signal) {
      if (end) await untilAborted(explained(writer.close()), signal);
      writer.releaseLock();
    },
    async fail(error) {
      if (!end) return writer.releaseLock();
      // It may wait for a chunk that is never taken.
      void writer.abort(error).catch(() => {});
      writer.releaseLock();
    },
  };
}

function explain(name: string, cause: NodeJS.ErrnoException): FileError {
  const reason =
    cause?.code === 'EPIPE'
      ? 'its reader has gone away. See that the next program reads to the end'
      : `${cause?.message ?? cause}. See that it is open, and that its reader reads to the end`;
  return new FileError(`${name} cannot be written: ${reason}`, { cause });
}
