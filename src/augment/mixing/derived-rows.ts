import type { RecordBatch } from 'apache-arrow';
import type { Translator } from '../../gan/sampling/translator.js';
import type { BatchSlice } from './batch-slice.js';
import type { MixPart } from './mix.js';

/** Rows that are made at once: their tensors are in memory several times. */
const piece = 256;

/**
 * A model's synthetic rows, each made from the real row that makes it due. Which row that is, and its
 * noise, does not depend on how the rows are cut into batches.
 *
 * @returns A function that makes the rows that are due in a part of a batch.
 */
export function createDerivedRows(
  { translate }: Pick<Translator, 'translate'>,
  bind: (rows: RecordBatch) => RecordBatch,
): (part: Pick<MixPart, 'due' | 'ancestorOf'>, batch: RecordBatch) => Promise<BatchSlice[]> {
  return async ({ due, ancestorOf }, batch) => {
    const slices: BatchSlice[] = [];
    for (let start = 0; start < due; start += piece) {
      const length = Math.min(piece, due - start);
      const ancestors = Int32Array.from({ length }, (_, k) => ancestorOf(start + k));
      slices.push({ batch: bind(await translate(batch, ancestors)), start: 0, length });
    }
    return slices;
  };
}
