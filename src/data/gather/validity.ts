import type { Data } from 'apache-arrow';
import { bitmapBytes, copyBits, countBits, setBits } from './bits.js';
import { countRows, type Run, sourceOf } from './runs.js';

/** A validity bitmap without offset; empty where no row is null. */
export interface Validity {
  readonly nullCount: number;
  readonly nullBitmap: Uint8Array;
}

const allValid: Validity = { nullCount: 0, nullBitmap: new Uint8Array(0) };

/** The validity of the gathered rows. */
export function gatherValidity(sources: readonly Data[], runs: readonly Run[]): Validity {
  const withNulls = sources.map(hasNulls);
  if (!withNulls.includes(true)) return allValid;
  const rows = countRows(runs);
  const nullBitmap = new Uint8Array(bitmapBytes(rows));
  let position = 0;
  for (const run of runs) {
    if (withNulls[run.source]) {
      const source = sourceOf(sources, run);
      copyBits(nullBitmap, position, source.nullBitmap, source.offset + run.start, run.length);
    } else {
      setBits(nullBitmap, position, run.length);
    }
    position += run.length;
  }
  const nullCount = rows - countBits(nullBitmap, rows);
  return nullCount === 0 ? allValid : { nullCount, nullBitmap };
}

function hasNulls(data: Data): boolean {
  // A bitmap may be there and count for nothing: arrow-js goes by the count, so do we.
  return data.nullCount > 0 && data.nullBitmap?.byteLength > 0;
}
