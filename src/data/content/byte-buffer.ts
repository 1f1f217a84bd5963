/** Bytes that grow at their end, and can be begun again. */
export interface ByteBuffer {
  readonly length: number;
  /** What has been written; valid until the next write. */
  readonly written: Uint8Array;
  byte(value: number): void;
  /** A whole number from 0 below 2^32, little-endian. */
  count(value: number): void;
  bytes(source: Uint8Array, start: number, end: number): void;
  clear(): void;
}

/** Fewer bytes than this are copied faster by a loop. */
const few = 32;

export function createByteBuffer(): ByteBuffer {
  let memory = new Uint8Array(1024);
  let length = 0;
  const reserve = (more: number) => {
    if (length + more <= memory.length) return;
    const larger = new Uint8Array(Math.max(2 * memory.length, length + more));
    larger.set(memory.subarray(0, length));
    memory = larger;
  };
  return {
    get length() {
      return length;
    },
    get written() {
      return memory.subarray(0, length);
    },
    byte(value) {
      reserve(1);
      memory[length++] = value;
    },
    count(value) {
      reserve(4);
      for (let shift = 0; shift < 32; shift += 8) memory[length++] = value >>> shift;
    },
    bytes(source, start, end) {
      reserve(end - start);
      if (end - start > few) memory.set(source.subarray(start, end), length);
      else for (let k = start; k < end; k++) memory[length + k - start] = source[k] as number;
      length += end - start;
    },
    clear() {
      length = 0;
    },
  };
}
