import type { RecordBatch } from 'apache-arrow';
import { FormatError } from '../../errors.js';
import { batchLength } from '../batches/batch-length.js';
import type { RangeReader } from '../files/range-reader.js';
import { decodeParquet, mostRows, readStream } from './engine/engine.js';
import { guardDecoding, guardDecodingAsync } from './engine/guard.js';
import { decodeSlices } from './engine/slices.js';
import { defaultThreads, type EngineThreads, soonDone } from './engine/threads.js';
import type { ParquetFooter } from './format/footer.js';
import type { FileLayout } from './format/layout.js';
import { isSuspicious } from './format/row-costs.js';
import { readRowGroup } from './format/row-group.js';

/** A row group of a file. */
export interface RowGroup {
  readonly index: number;
  /** In messages. */
  readonly name: string;
  /** Number of its first row in the file. */
  readonly start: number;
  readonly rows: number;
  /** What its columns take in the file, not compressed: 0 where the footer does not say it. */
  readonly bytes: number;
}

/** Bytes of row groups that are read ahead, at most. */
const mostAhead = 256 * 2 ** 20;

/** The row groups that say that they have rows. */
export function rowGroupsOf({ metadata }: ParquetFooter): RowGroup[] {
  let start = 0;
  const groups = metadata.row_groups.map(({ num_rows, total_byte_size }, index) => {
    const rows = Number(num_rows);
    const size = Number(total_byte_size);
    const group = {
      index,
      name: `row group ${index}`,
      start,
      rows,
      // What is damaged may be negative, or no number.
      bytes: size > 0 ? size : 0,
    };
    start += rows;
    return group;
  });
  return groups.filter(({ rows }) => rows !== 0);
}

/**
 * How many threads decode these row groups.
 *
 * @param given Default: as many as suit the machine, and none where all is soon done.
 */
export function threadsFor(groups: readonly RowGroup[], given?: number): number {
  const sizes = groups.map(({ bytes }) => bytes);
  const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const wanted = given ?? (total < soonDone ? 0 : defaultThreads());
  return Math.min(wanted, Math.max(1, Math.floor(mostAhead / Math.max(...sizes))));
}

/**
 * Reads a row group, and decodes it: on a thread where there are any, and else when its batches are
 * asked for.
 */
export async function openRowGroup(
  reader: RangeReader,
  { footer, projection }: FileLayout,
  group: RowGroup,
  threads: EngineThreads,
  batchRows?: number,
): Promise<Iterable<RecordBatch>> {
  const { index, name, rows } = group;
  const where = `${reader.name}, ${name}`;
  const guard = <Result>(action: () => Promise<Result>) =>
    guardDecodingAsync(reader.name, name, footer, action);
  const { bytes, costs } = await guard(() => readRowGroup(reader, footer, projection, index));
  const most = batchRows && batchLength(batchRows, group.bytes / rows);
  const decode = async () => {
    // A few bytes that may become very many are decoded a few rows at a time.
    if (isSuspicious(costs, bytes.length)) return decodeSlices(bytes, rows, costs, where, most);
    if (threads.count === 0) return decodeParquet(bytes, most);
    return readStreams(await threads.decode({ bytes, batchRows: most ?? mostRows }));
  };
  return countedBatches(reader.name, footer, group, await guard(decode));
}

function* readStreams(streams: readonly Uint8Array[]): Generator<RecordBatch, void, undefined> {
  for (const stream of streams) yield* readStream(stream);
}

/** The batches of a row group. @throws FormatError if they are damaged, or not as many rows as it says. */
function* countedBatches(
  file: string,
  footer: ParquetFooter,
  { name, rows: expected }: RowGroup,
  batches: Generator<RecordBatch, void, undefined>,
): Generator<RecordBatch, void, undefined> {
  let rows = 0;
  try {
    while (true) {
      const step = guardDecoding(file, name, footer, () => batches.next());
      if (step.done) break;
      rows += step.value.numRows;
      yield step.value;
    }
  } finally {
    batches.return(undefined);
  }
  if (rows !== expected) {
    throw new FormatError(
      `Parquet file is damaged: ${file} (${name} has ${rows} rows of ${expected}). Write it again.`,
    );
  }
}
