import { FileError, GanAugmentError } from '../../errors.js';
import { assertInside, type RangeReader } from '../files/range-reader.js';
import type { ByteRanges } from './range-source.js';

/** A range reader over the ranges that a user gives, which are held against what was asked for. */
export function openRanges(ranges: ByteRanges, name: string): RangeReader {
  const size = ranges.byteLength;
  return {
    name,
    size,
    async read(start, end) {
      assertInside(name, size, start, end);
      if (start === end) return new Uint8Array();
      const bytes = await readSlice(ranges, start, end, name);
      if (bytes.length === end - start) return bytes;
      throw new FileError(
        `input gave other bytes than asked for: ${name}, ${bytes.length} of ${end - start} from ${start}. Mend its slice(start, end)`,
      );
    },
    async close() {},
  };
}

/** A Blob as ranges. */
export function blobRanges(blob: Blob): ByteRanges {
  return {
    byteLength: blob.size,
    slice: (start, end) => blob.slice(start, end).arrayBuffer(),
  };
}

async function readSlice(ranges: ByteRanges, start: number, end: number, name: string) {
  try {
    const slice = await ranges.slice(start, end);
    return slice instanceof Uint8Array ? slice : new Uint8Array(slice);
  } catch (cause) {
    if (GanAugmentError.isInstance(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FileError(
      `input cannot be read: ${name}, bytes ${start} to ${end} (${reason}). See the cause of this error`,
      { cause },
    );
  }
}
