/**
 * Bytes that can be read in any order, such as an object in a store; the asynchronous buffers of
 * `hyparquet` are of this shape.
 */
export interface ByteRanges {
  /** Bytes in all. */
  readonly byteLength: number;
  /** Bytes `start` up to, not including, `end`: all of them, or an error. */
  slice(start: number, end: number): RangeBytes | PromiseLike<RangeBytes>;
}

type RangeBytes = Uint8Array | ArrayBuffer;

/**
 * Where bytes come from: the path of a file; an `http:` or `https:` address, as text or URL, whose
 * server has to know range requests; a `file:` URL; bytes in memory; a Blob; or what gives ranges.
 */
export type RangeSource = string | URL | Uint8Array | ArrayBuffer | Blob | ByteRanges;

/** Whether a value has the shape of {@link ByteRanges}. */
export function isByteRanges(value: unknown): value is ByteRanges {
  if (typeof value !== 'object' || value === null) return false;
  const { byteLength, slice } = value as Partial<ByteRanges>;
  return Number.isSafeInteger(byteLength) && Number(byteLength) >= 0 && typeof slice === 'function';
}
