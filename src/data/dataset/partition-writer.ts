import type { RecordBatch, Schema } from 'apache-arrow';
import { estimateBytes } from '../batches/estimate-bytes.js';
import { countPieceRows, type Piece, pieceBatch } from '../batches/piece.js';
import type { ByteSink } from '../files/atomic.js';
import { type EncodeTask, encodeParquetBy } from '../parquet/engine/encode.js';
import { createRowGroupWriter } from '../parquet/row-group-writer.js';
import { splitRowGroups } from '../parquet/split.js';
import type { CheckedParquetOptions } from '../parquet/write-options.js';

/** About what a column of a small batch takes beside its values. */
const columnBytes = 1024;

/** One Parquet file of a dataset, whose rows come a few at a time. */
export interface PartitionWriter {
  /** Bytes that wait to be written, about. */
  readonly waiting: number;
  /** Takes rows, and writes as many full row groups as there are. */
  add(batch: RecordBatch): Promise<void>;
  /** Writes what waits, as row groups that may be short. */
  flush(): Promise<void>;
  /** Writes what waits and the footer; gives the rows and bytes of the file. */
  finish(): Promise<{ rows: number; bytes: number }>;
}

/**
 * A writer of batches with this schema object.
 *
 * @param name names the file in messages.
 * @param encode encodes a row group.
 */
export function createPartitionWriter(
  name: string,
  sink: ByteSink,
  schema: Schema,
  options: CheckedParquetOptions,
  encode: (task: EncodeTask) => Promise<Uint8Array>,
): PartitionWriter {
  const writer = createRowGroupWriter(name, sink, options);
  let pending: readonly RecordBatch[] = [];
  let waiting = 0;

  async function write(least: number): Promise<void> {
    const batches = pending;
    pending = [];
    waiting = 0;
    for await (const group of splitRowGroups(each(batches), options.rowGroupRows)) {
      // Only the last group can be short.
      if (countPieceRows(group.pieces) >= least) await append(group.pieces);
      else keep(group.pieces.map(pieceBatch));
    }
  }

  async function append(pieces: readonly Piece[]): Promise<void> {
    await writer.append(schema, await encodeParquetBy(encode, schema, pieces, options));
  }

  function keep(batches: readonly RecordBatch[]): void {
    pending = [...pending, ...batches];
    for (const batch of batches) {
      waiting += estimateBytes(batch) + columnBytes * schema.fields.length;
    }
  }

  return {
    get waiting() {
      return waiting;
    },
    async add(batch) {
      keep([batch]);
      if (countRows(pending) >= options.rowGroupRows) await write(options.rowGroupRows);
    },
    flush: () => write(1),
    async finish() {
      await write(1);
      // Without a group there would be no columns.
      if (sink.position === 0) await append([]);
      return { rows: await writer.finish(), bytes: sink.position };
    },
  };
}

function countRows(batches: readonly RecordBatch[]): number {
  return batches.reduce((rows, batch) => rows + batch.numRows, 0);
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T, void, undefined> {
  yield* items;
}
