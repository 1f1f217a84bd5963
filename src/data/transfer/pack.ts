import type { Data } from 'apache-arrow';
import { joinPieces, type Piece } from '../batches/piece.js';
import { gatherData } from '../gather/data.js';
import { wholeRun } from '../gather/runs.js';

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

/** A batch as plain data, and the buffers to transfer with it: copies, so its sources stay whole. */
export interface Parcel {
  readonly batch: PackedBatch;
  readonly transfer: ArrayBuffer[];
}

/**
 * Packs batches of one schema for another thread: each of some rows, joined.
 *
 * Arrow IPC would do so too, but has to make the dictionaries of all batches into one, which holds
 * this thread for long. Here a value is copied once, and a dictionary that batches share crosses once.
 */
export function createPacker(): (first: Piece, ...others: Piece[]) => Parcel {
  const numbers = new Map<Data | Uint8Array, number>();
  return (first, ...others) => {
    const transfer = new Set<ArrayBuffer>();
    const shared: (PackedData | Uint8Array)[] = [];
    const rows = joinPieces(first.batch.schema, [first, ...others]);
    const columns = rows.data.children.map(pack);
    return { batch: { rows: rows.numRows, columns, shared }, transfer: [...transfer] };

    /** Of an array that gathering has made: it has no hidden offsets, and its buffers are its own. */
    function pack(data: Data): PackedData {
      return {
        length: data.length,
        nullCount: data.nullCount,
        nullBitmap: give(data.nullBitmap),
        valueOffsets: give(data.valueOffsets),
        values: give(data.values),
        typeIds: give(data.typeIds),
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

    function give(buffer: Buffers | undefined): Buffers | undefined {
      // One without bytes may be shared.
      if (buffer && buffer.byteLength > 0) transfer.add(buffer.buffer as ArrayBuffer);
      return buffer;
    }

    // Not the `slice` of a Node Buffer, which shares the memory.
    function copyBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array<ArrayBuffer> {
      const own = new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
      transfer.add(own.buffer);
      return own;
    }
  };
}
