import { InvalidOptionError } from '../../errors.js';
import { abortable } from '../../threads/abortable.js';
import { pullQueue, type Subscribable } from '../batches/pull-queue.js';

/** A web stream of objects, as far as it is used here. */
export interface WebObjectStream {
  /** Locks the stream, and gives what reads it. */
  getReader(): {
    /** The next object, or the end. */
    read(): Promise<{
      /** Whether the stream is over. */
      done: boolean;
      /** The object. */
      value?: object | undefined;
    }>;
    /** Lets the source end, for a reason. */
    cancel(reason?: unknown): Promise<void>;
    /** Lets others read on. */
    releaseLock(): void;
  };
}

/**
 * Where rows come from: an array or another iterable, an async iterable, a Node stream in object mode,
 * a web stream or an Observable. Those that can be are pulled from: no more is read than is asked for.
 */
export type ObjectSource =
  | Iterable<object>
  | AsyncIterable<object>
  | WebObjectStream
  | Subscribable<object>;

/** The rows, in pieces that are there at once. */
export async function* rowPieces(
  source: ObjectSource,
  size: number,
  signal?: AbortSignal,
): AsyncGenerator<readonly object[], void, undefined> {
  signal?.throwIfAborted();
  if (Array.isArray(source)) {
    for (let start = 0; start < source.length; start += size)
      yield source.slice(start, start + size);
    return;
  }
  const rows: object[] = [];
  const take = (row: object) => rows.push(row) === size;
  if (isIterable(source)) {
    for (const row of source) if (take(row)) yield rows.splice(0);
  } else {
    // To be abortable takes as long as all else.
    const all = signal ? abortable(asyncRows(source), signal) : asyncRows(source);
    for await (const row of all) if (take(row)) yield rows.splice(0);
  }
  if (rows.length > 0) yield rows;
}

function isIterable(source: unknown): source is Iterable<object> {
  return typeof source === 'object' && source !== null && Symbol.iterator in source;
}

function asyncRows(source: ObjectSource): AsyncIterable<object> {
  const given: unknown = source;
  if (typeof given === 'object' && given !== null) {
    if (Symbol.asyncIterator in given) return given as AsyncIterable<object>;
    if ('subscribe' in given) {
      return { [Symbol.asyncIterator]: () => pullQueue(given as Subscribable<object>) };
    }
    if ('getReader' in given) return readWeb(given as WebObjectStream);
  }
  throw new InvalidOptionError(
    `rows cannot be read from this: ${typeof given}. Give an array, an iterable, an async iterable, a stream of objects or an Observable`,
  );
}

async function* readWeb(stream: WebObjectStream): AsyncGenerator<object, void, undefined> {
  const reader = stream.getReader();
  let isOpen = true;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        isOpen = false;
        return;
      }
      yield value as object;
    }
  } finally {
    if (isOpen) await reader.cancel();
    reader.releaseLock();
  }
}
