import type { RecordBatch } from 'apache-arrow';
import { FormatError } from '../../../errors.js';
import { estimateBytes } from '../../batches/estimate-bytes.js';
import { bytesBetween, type RowCosts, rowsWithin } from '../format/row-costs.js';
import { decodeRows } from './engine.js';

/** Bytes that the rows of the first slice, and of the others, become, at most. */
const sliceBytes = { first: 16 * 2 ** 20, other: 32 * 2 ** 20 } as const;

/** What one row becomes at most. */
const largestRow = { bytes: 2 ** 30, ratio: 200 } as const;

/** What row groups become at most, by what their first rows are: more the engine cannot hold at all. */
const largest = { bytes: 4 * 2 ** 30, ratio: 1000 } as const;

/**
 * Decodes a Parquet file in memory a few rows at a time, where few bytes may become very many: so it
 * is seen from a few rows what comes of all.
 *
 * @param rows of its one row group.
 * @param costs of its columns: what their rows become, at most.
 * @param where names it in messages.
 * @param mostRows rows of a slice, at most.
 * @throws FormatError if they do become more than there is memory for.
 */
export function* decodeSlices(
  bytes: Uint8Array,
  rows: number,
  costs: readonly (readonly RowCosts[])[],
  where: string,
  mostRows = Infinity,
): Generator<RecordBatch> {
  for (let offset = 0; offset < rows; ) {
    const budget = offset === 0 ? sliceBytes.first : sliceBytes.other;
    const limit = rowsWithin(costs, offset, budget, Math.min(rows - offset, mostRows));
    const row = limit === 1 ? bytesBetween(costs, offset, offset + 1) : 0;
    if (row > Math.max(largestRow.bytes, largestRow.ratio * bytes.length)) {
      throw tooLarge(`of ${bytes.length} a row may become ${Math.round(row)}`);
    }
    let seen = 0;
    let found = 0;
    for (const batch of decodeRows(bytes, { offset, limit })) {
      seen += estimateBytes(batch);
      found += batch.numRows;
      const expected = (seen / Math.max(found, 1)) * rows;
      if (expected > Math.max(largest.bytes, largest.ratio * bytes.length)) {
        throw tooLarge(`its ${bytes.length} bytes become some ${Math.round(expected)}`);
      }
      yield batch;
    }
    if (found === 0) return;
    offset += found;
  }

  function tooLarge(reason: string): FormatError {
    return new FormatError(
      `Parquet row group is too large to decode: ${where} (${reason}). Write smaller row groups`,
    );
  }
}
