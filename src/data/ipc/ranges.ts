import { assertInside, type RangeReader } from '../files/range-reader.js';

const chunkBytes = 2 ** 20;

/** All bytes of a range reader, in order, a mebibyte at a time. */
export async function* rangeChunks(
  reader: RangeReader,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < reader.size; start += chunkBytes) {
    yield await reader.read(start, Math.min(start + chunkBytes, reader.size));
  }
}

/** A range reader over bytes in memory. */
export function memoryRange(name: string, bytes: Uint8Array): RangeReader {
  return {
    name,
    size: bytes.length,
    async read(start, end) {
      assertInside(name, bytes.length, start, end);
      return bytes.subarray(start, end);
    },
    async close() {},
  };
}
