import { FormatError } from '../../errors.js';
import { abortable } from '../../threads/abortable.js';
import { rangeChunks } from '../ipc/ranges.js';
import { isWebAddress, nameAddress, parseAddress } from '../source/address.js';
import { openSource } from '../source/open-source.js';
import type { RangeSource } from '../source/range-source.js';

/** A web stream, as far as it is used here: those of every library fit. */
export interface WebByteStream {
  /** Locks the stream, and gives what reads it. */
  getReader(): {
    /** The next piece, or the end. */
    read(): Promise<{
      /** Whether the stream is over. */
      done: boolean;
      /** The piece. */
      value?: Uint8Array | undefined;
    }>;
    /** Lets the source end, for a reason. */
    cancel(reason?: unknown): Promise<void>;
    /** Lets others read on. */
    releaseLock(): void;
  };
}

/** A stream of bytes: a Node stream, a web stream such as `response.body`, or any async iterable. */
export type ByteStream = AsyncIterable<Uint8Array> | WebByteStream;

/** Where bytes come from: see `RangeSource`; or a stream of them, which can be read once. */
export type ByteSource = RangeSource | ByteStream;

/** Whether a source is read from front to back, and not by ranges. */
export function isByteStream(source: ByteSource): source is ByteStream {
  return (
    typeof source === 'object' &&
    source !== null &&
    ('getReader' in source || Symbol.asyncIterator in source)
  );
}

/** The name of a source in messages, if it has one: a path or an address. */
export function nameOf(source: ByteSource): string | undefined {
  if (typeof source === 'string' && !isWebAddress(source)) return source;
  const isAddress = typeof source === 'string' || source instanceof URL;
  return isAddress ? nameAddress(parseAddress(source)) : undefined;
}

/**
 * The bytes of a source, piece by piece, no faster than they are asked for. Opens it when first
 * asked, and closes it at the end, on an error, and when the iteration is left.
 *
 * @param name names the source in messages.
 * @throws FileError if it cannot be read; InvalidOptionError if it is no source.
 */
export async function* readChunks(
  source: ByteSource,
  name: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  signal?.throwIfAborted();
  if (isByteStream(source)) {
    yield* streamChunks(source, name, signal);
    return;
  }
  const reader = await openSource(source, { name, signal });
  try {
    yield* abortable(rangeChunks(reader), signal);
  } finally {
    await reader.close();
  }
}

async function* streamChunks(source: ByteStream, name: string, signal?: AbortSignal) {
  for await (const chunk of abortable(toIterable(source), signal)) {
    if (!((chunk as unknown) instanceof Uint8Array)) {
      throw new FormatError(
        `stream does not hold bytes: ${name} (it gave ${typeof chunk}). Open it without an encoding`,
      );
    }
    yield chunk;
  }
}

function toIterable(source: ByteStream): AsyncIterable<Uint8Array> {
  if ('getReader' in source) return { [Symbol.asyncIterator]: () => readWeb(source) };
  return 'destroy' in source ? { [Symbol.asyncIterator]: () => readNode(source) } : source;
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
