import type { RecordBatch } from 'apache-arrow';
import { drawIndices } from '../../columns/select.js';
import { concatenateBatches, gatherRuns } from '../../data/batches/interleave.js';
import { type Agreement, fitAgreement } from '../../evaluate/utility/agreement.js';
import { createRandom, type Seed } from '../../random.js';

/** Real rows that are learned from, at most: drawn. */
const mostRows = 5000;

/** Fits the model that synthetic rows are to agree with, to rows that nothing is judged by. */
export function createAgreement(
  batches: readonly RecordBatch[],
  target: string,
  seed: Seed,
): Agreement {
  const rows = concatenateBatches((batches[0] as RecordBatch).schema, batches);
  if (rows.numRows <= mostRows) return fitAgreement([rows], target);
  const drawn = drawIndices(rows.numRows, mostRows, createRandom(seed).fork('agree')).sort();
  const runs = Array.from(drawn, (start) => ({ source: 0, start, length: 1 }));
  return fitAgreement([gatherRuns(rows.schema, [rows], runs)], target);
}
