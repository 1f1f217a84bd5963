import type { RecordBatch } from 'apache-arrow';
import { FormatError } from '../../../errors.js';
import { estimateBytes } from '../../batches/estimate-bytes.js';
import { decodeRows } from './engine.js';

/** Bytes that the rows of the first slice, and of the others, become, at most. */
const sliceBytes = { first: 16 * 2 ** 20, other: 64 * 2 ** 20 } as const;

/** What row groups become at most, by what their first rows are: more the engine cannot hold at all. */
const largest = { bytes: 4 * 2 ** 30, ratio: 1000 } as const;

/**
 * Decodes a Parquet file in memory a few rows at a time, where few bytes may become very many: so it
 * is seen from a few rows what comes of all.
 *
 * @param rows of its one row group.
 * @param decoded bytes that these may become.
 * @param where names it in messages.
 * @param mostRows rows of a slice, at most.
 * @throws FormatError if they do become more than there is memory for.
 */
export function* decodeSlices(
  bytes: Uint8Array,
  rows: number,
  decoded: number,
  where: string,
  mostRows = Infinity,
): Generator<RecordBatch> {
  let limit = rowsIn(sliceBytes.first);
  for (let offset = 0; offset < rows; ) {
    let seen = 0;
    let found = 0;
    for (const batch of decodeRows(bytes, { offset, limit })) {
      seen += estimateBytes(batch);
      found += batch.numRows;
      const expected = (seen / Math.max(found, 1)) * rows;
      if (expected > Math.max(largest.bytes, largest.ratio * bytes.length)) {
        throw new FormatError(
          `Parquet row group is too large to decode: ${where} (its ${bytes.length} bytes become some ${Math.round(expected)}). Write smaller row groups`,
        );
      }
      yield batch;
    }
    if (found === 0) return;
    offset += found;
    limit = rowsIn(sliceBytes.other);
  }

  function rowsIn(most: number): number {
    return Math.max(Math.min(Math.floor((most / decoded) * rows), mostRows), 1);
  }
}
