/** Bytes of a stream, to be taken in pieces of any size. */
export interface ByteQueue {
  /** The next `count` bytes, contiguous and at the start of a buffer; fewer only at the end. */
  take(count: number): Promise<Uint8Array>;
  /** The next `count` bytes, or fewer at the end, which stay in the queue. */
  peek(count: number): Promise<Uint8Array>;
  /** Closes the stream. */
  close(): Promise<void>;
}

/** A queue over chunks; it takes in no more chunks than it needs. */
export function createByteQueue(source: AsyncIterable<Uint8Array>): ByteQueue {
  const iterator = source[Symbol.asyncIterator]();
  let chunks: Uint8Array[] = [];
  let available = 0;
  let ended = false;

  async function fill(count: number): Promise<void> {
    while (available < count && !ended) {
      const step = await iterator.next();
      if (step.done) ended = true;
      else {
        chunks.push(step.value);
        available += step.value.byteLength;
      }
    }
  }

  function copy(count: number): { bytes: Uint8Array; rest: Uint8Array[] } {
    const bytes = new Uint8Array(Math.min(count, available));
    let position = 0;
    for (const [index, chunk] of chunks.entries()) {
      const part = chunk.subarray(0, bytes.length - position);
      bytes.set(part, position);
      position += part.length;
      if (part.length < chunk.length) {
        return { bytes, rest: [chunk.subarray(part.length), ...chunks.slice(index + 1)] };
      }
    }
    return { bytes, rest: [] };
  }

  return {
    async take(count) {
      await fill(count);
      const { bytes, rest } = copy(count);
      chunks = rest;
      available -= bytes.length;
      return bytes;
    },
    async peek(count) {
      await fill(count);
      return copy(count).bytes;
    },
    async close() {
      if (!ended) await iterator.return?.();
      ended = true;
    },
  };
}
