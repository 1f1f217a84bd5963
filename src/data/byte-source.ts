import { fileURLToPath } from 'node:url';
import { FormatError, InvalidOptionError } from '../errors.js';
import { abortable } from './abortable.js';
import { rangeChunks } from './ipc/ranges.js';
import { openFileRange } from './range-reader.js';

/** A web stream, as far as it is used here: those of every library fit. */
export interface WebByteStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<void>;
    releaseLock(): void;
  };
}

/**
 * Where bytes come from: the path of a file, the bytes themselves, or a stream of them: a Node
 * stream, a web stream such as `response.body`, or any async iterable.
 */
export type ByteSource =
  | string
  | URL
  | Uint8Array
  | ArrayBuffer
  | AsyncIterable<Uint8Array>
  | WebByteStream;

/**
 * The path of a source that is a file.
 *
 * @throws InvalidOptionError for a URL that is none of a file.
 */
export function pathOf(source: ByteSource): string | undefined {
  if (typeof source === 'string') return source;
  if (!(source instanceof URL)) return undefined;
  if (source.protocol === 'file:') return fileURLToPath(source);
  throw new InvalidOptionError(
    `source is not the URL of a file: ${source}. Give a path, or a stream: (await fetch(url)).body`,
  );
}

/** The bytes of a source that holds them, not copied. */
export function bytesOf(source: ByteSource): Uint8Array | undefined {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  return source instanceof Uint8Array ? source : undefined;
}

/**
 * The bytes of a source, piece by piece, no faster than they are asked for. Opens it when first
 * asked, and closes it at the end, on an error, and when the iteration is left.
 *
 * @param name names the source in messages.
 * @throws FileError if it is a file that cannot be read; InvalidOptionError if it is no source.
 */
export async function* readChunks(
  source: ByteSource,
  name: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  signal?.throwIfAborted();
  const path = pathOf(source);
  if (path !== undefined) {
    const reader = await openFileRange(path);
    try {
      yield* abortable(rangeChunks(reader), signal);
    } finally {
      await reader.close();
    }
    return;
  }
  const bytes = bytesOf(source);
  if (bytes) yield bytes;
  else yield* streamChunks(source, name, signal);
}

async function* streamChunks(source: ByteSource, name: string, signal?: AbortSignal) {
  for await (const chunk of abortable(toIterable(source), signal)) {
    if (!((chunk as unknown) instanceof Uint8Array)) {
      throw new FormatError(
        `stream does not hold bytes: ${name} (it gave ${typeof chunk}). Open it without an encoding`,
      );
    }
    yield chunk;
  }
}

function toIterable(source: ByteSource): AsyncIterable<Uint8Array> {
  if (typeof source === 'object' && source !== null) {
    if ('getReader' in source) return { [Symbol.asyncIterator]: () => readWeb(source) };
    if (Symbol.asyncIterator in source) {
      return 'destroy' in source ? { [Symbol.asyncIterator]: () => readNode(source) } : source;
    }
  }
  throw new InvalidOptionError(
    `source cannot be read: ${String(source)}. Give a path, bytes, or a stream of bytes`,
  );
}

// The iterators that streams have of their own answer return() only after a pending next(), which
// may never come: these do not wait for it.

function readWeb(stream: WebByteStream): AsyncIterator<Uint8Array, void> {
  const reader = stream.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      if (!done && value) return { done: false, value };
      reader.releaseLock();
      return { done: true, value: undefined };
    },
    async return() {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

function readNode(stream: AsyncIterable<Uint8Array>): AsyncIterator<Uint8Array, void> {
  const iterator = stream[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    async return() {
      (stream as unknown as { destroy(): void }).destroy();
      return { done: true, value: undefined };
    },
  };
}
