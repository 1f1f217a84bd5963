import type { Data } from 'apache-arrow';
import { createByteBuffer } from '../content/byte-buffer.js';
import { createCellWriter } from '../content/write-cell.js';

/** Says of each row of a stretch of a column whether its cell is another than that of the row before. */
export type ChangeDetector = (data: Data) => Uint8Array;

/**
 * Compares each cell of a column with the one before, across batches: by their content, so that NaN
 * equals NaN and null equals null. The first row of all has changed.
 */
export function createChangeDetector(): ChangeDetector {
  let [previous, current] = [createByteBuffer(), createByteBuffer()];
  let isFirst = true;
  return (data) => {
    const write = createCellWriter(data);
    const changed = new Uint8Array(data.length);
    for (let row = 0; row < data.length; row++) {
      current.clear();
      write(row, current);
      if (isFirst || !isEqual(previous.written, current.written)) {
        changed[row] = 1;
        [previous, current] = [current, previous];
      }
      isFirst = false;
    }
    return changed;
  };
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}
