import type { ByteQueue } from '../../data/ipc/byte-queue.js';
import { FormatError } from '../../errors.js';
import { cutShort, frameTypes, readHead } from './frames.js';

/** Bytes that are handed on at once, at most. */
const pieceBytes = 2 ** 20;

/** The client has said that a stream will not become whole. */
export class StreamCancelled extends Error {}

/** The bytes of one stream, from the frames that carry them. */
export interface StreamInput {
  /** The bytes, no faster than they are asked for. Raises StreamCancelled. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Throws away what is left of the stream, so that the next one can begin. */
  drain(): Promise<void>;
}

/** Reads frames of data up to the one that ends the stream. */
export function openStreamInput(queue: ByteQueue): StreamInput {
  let left = 0;
  let outcome: 'open' | 'ended' | 'cancelled' = 'open';

  /** The next bytes; `undefined` at the end of the stream. */
  async function next(): Promise<Uint8Array | undefined> {
    while (left === 0 && outcome === 'open') {
      const head = await readHead(queue);
      if (!head) throw cutShort();
      if (head.type === frameTypes.end) outcome = 'ended';
      else if (head.type === frameTypes.cancel) outcome = 'cancelled';
      else if (head.type === frameTypes.data) left = head.length;
      else throw new FormatError(`frame of type '${head.type}' in the middle of a stream`);
    }
    if (outcome !== 'open') return undefined;
    const bytes = await queue.take(Math.min(left, pieceBytes));
    if (bytes.length === 0) throw cutShort();
    left -= bytes.length;
    return bytes;
  }

  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let bytes = await next(); bytes; bytes = await next()) yield bytes;
    if (outcome === 'cancelled') throw new StreamCancelled();
  }

  return {
    bytes: read(),
    async drain() {
      while (await next());
    },
  };
}
