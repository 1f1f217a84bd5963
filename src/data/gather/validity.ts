import type { Data } from 'apache-arrow';
import { bitmapBytes, copyBits, countBits, setBits } from './bits.js';
import type { RunList } from './runs.js';

/** A validity bitmap without offset; empty where no row is null. */
export interface Validity {
  readonly nullCount: number;
  readonly nullBitmap: Uint8Array;
}

const allValid: Validity = { nullCount: 0, nullBitmap: new Uint8Array(0) };

/** The validity of the gathered rows. */
export function gatherValidity(sources: readonly Data[], runs: RunList): Validity {
  const withNulls = sources.map(hasNulls);
  if (!withNulls.includes(true)) return allValid;
  const { count, rows, sources: numbers, starts, lengths } = runs;
  const nullBitmap = new Uint8Array(bitmapBytes(rows));
  let position = 0;
  for (let run = 0; run < count; run++) {
    const number = numbers[run] as number;
    const length = lengths[run] as number;
    if (withNulls[number]) {
      const source = sources[number] as Data;
      const start = source.offset + (starts[run] as number);
      copyBits(nullBitmap, position, source.nullBitmap, start, length);
    } else {
      setBits(nullBitmap, position, length);
    }
    position += length;
  }
  const nullCount = rows - countBits(nullBitmap, rows);
  return nullCount === 0 ? allValid : { nullCount, nullBitmap };
}

function hasNulls(data: Data): boolean {
  // A bitmap may be there and count for nothing: arrow-js goes by the count, so do we.
  return data.nullCount > 0 && data.nullBitmap?.byteLength > 0;
}
