import type { RecordBatch } from 'apache-arrow';
import { firstRows } from '../../data/batches/buffered-head.js';
import { gatherRuns } from '../../data/batches/interleave.js';
import type { Random } from '../../random.js';

/** A bounded sample of a stream's rows. */
export interface RowSample {
  add(batch: RecordBatch): void;
  /** Rows of the stream so far. */
  readonly seen: number;
  /** The rows, however they were cut into batches. */
  rows(): RecordBatch[];
}

/** The first `size` rows. */
export function sampleFirst(size: number): RowSample {
  const batches: RecordBatch[] = [];
  let seen = 0;
  return {
    get seen() {
      return seen;
    },
    add(batch) {
      if (seen < size && batch.numRows > 0) batches.push(batch);
      seen += batch.numRows;
    },
    rows: () => firstRows(batches, size),
  };
}

/**
 * Each set of `size` rows with the same probability (Vitter 1985, algorithm R). Which rows these are
 * depends on `random` and the rows' numbers, not on how they are cut into batches.
 */
export function sampleEvenly(size: number, random: Random): RowSample {
  let places: { batch: number; row: number }[] = [];
  let batches: RecordBatch[] = [];
  let [seen, held] = [0, 0];

  /** Lets go of the rows that are no longer in the sample. */
  const compact = () => {
    const [first] = batches;
    if (!first) return;
    const runs = places.map(({ batch, row }) => ({ source: batch, start: row, length: 1 }));
    batches = [gatherRuns(first.schema, batches, runs)];
    places = places.map((_, row) => ({ batch: 0, row }));
    held = places.length;
  };

  return {
    get seen() {
      return seen;
    },
    add(batch) {
      const taken: number[] = [];
      for (let row = 0; row < batch.numRows; row++, seen++) {
        const place = seen < size ? seen : random.integer(seen + 1);
        if (place >= size) continue;
        places[place] = { batch: batches.length, row: taken.length };
        taken.push(row);
      }
      // One batch without rows is enough to know the schema.
      if (taken.length === 0 && batches.length > 0) return;
      const runs = taken.map((row) => ({ source: 0, start: row, length: 1 }));
      batches.push(gatherRuns(batch.schema, [batch], runs));
      held += taken.length;
      if (held > 2 * size) compact();
    },
    rows() {
      compact();
      return [...batches];
    },
  };
}
