import type { Data, RecordBatch } from 'apache-arrow';
import { gatherData } from '../gather/data.js';
import { wholeRun } from '../gather/runs.js';
import { sliceBatch } from '../interleave.js';

type Buffers = Int32Array | BigInt64Array | Uint8Array;

/** One array as plain data: buffers of its own, and numbers of parts that several arrays share. */
export interface PackedData {
  readonly length: number;
  readonly nullCount: number;
  readonly nullBitmap?: Buffers | undefined;
  readonly valueOffsets?: Buffers | undefined;
  readonly values?: Buffers | undefined;
  readonly typeIds?: Buffers | undefined;
  readonly children: readonly PackedData[];
  /** Chunks of the dictionary, by number. */
  readonly dictionary?: readonly number[] | undefined;
  /** Data buffers of views, by number. */
  readonly variadicBuffers: readonly number[];
}

/** One batch as plain data that another thread can take. */
export interface PackedBatch {
  readonly rows: number;
  readonly columns: readonly PackedData[];
  /** Shared parts that no batch before had; their numbers go on from those before. */
  readonly shared: readonly (PackedData | Uint8Array)[];
}

/** A batch as plain data, and the buffers to transfer with it: copies, so the batch stays whole. */
export interface Parcel {
  readonly batch: PackedBatch;
  readonly transfer: ArrayBuffer[];
}

/**
 * Packs batches of one schema for another thread, one at a time: all rows, or `start` to `end`.
 *
 * Arrow IPC would do so too, but has to make the dictionaries of all batches into one, which holds
 * this thread for long. Here a value is copied once or twice, and a dictionary that batches share
 * crosses once.
 */
export function createPacker(): (batch: RecordBatch, start?: number, end?: number) => Parcel {
  const numbers = new Map<Data | Uint8Array, number>();
  return (batch, start, end) => {
    const transfer: ArrayBuffer[] = [];
    const shared: (PackedData | Uint8Array)[] = [];
    const rows = sliceBatch(batch, start, end);
    const columns = rows.data.children.map(pack);
    return { batch: { rows: rows.numRows, columns, shared }, transfer };

    /** Of an array without hidden offsets, as gathering makes them. */
    function pack(data: Data): PackedData {
      return {
        length: data.length,
        nullCount: data.nullCount,
        nullBitmap: copy(data.nullBitmap),
        valueOffsets: copy(data.valueOffsets),
        values: copy(data.values),
        typeIds: copy(data.typeIds),
        children: data.children.map(pack),
        dictionary: data.dictionary?.data.map((chunk) => number(chunk, packChunk)),
        variadicBuffers: data.variadicBuffers.map((buffer) => number(buffer, copyBytes)),
      };
    }

    function packChunk(chunk: Data): PackedData {
      return pack(gatherData(chunk.type, [chunk], wholeRun(chunk.length)));
    }

    function number<Part extends Data | Uint8Array>(
      part: Part,
      take: (part: Part) => PackedData | Uint8Array,
    ): number {
      const known = numbers.get(part);
      if (known !== undefined) return known;
      const taken = take(part);
      // After what it is made of itself.
      const next = numbers.size;
      numbers.set(part, next);
      shared.push(taken);
      return next;
    }

    function copy(buffer: Buffers | undefined): Buffers | undefined {
      if (!buffer) return undefined;
      const { buffer: bytes } = copyBytes(buffer);
      if (buffer instanceof Uint8Array) return new Uint8Array(bytes);
      return new (buffer.constructor as Int32ArrayConstructor)(bytes);
    }

    // Not the `slice` of a Node Buffer, which shares the memory.
    function copyBytes({ buffer, byteOffset, byteLength }: Buffers): Uint8Array<ArrayBuffer> {
      const bytes = new Uint8Array(buffer, byteOffset, byteLength);
      const own = new Uint8Array(bytes);
      transfer.push(own.buffer);
      return own;
    }
  };
}
