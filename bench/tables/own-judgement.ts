import type { RecordBatch } from 'apache-arrow';
import { readTogether } from '../../src/columns/read.js';
import { readBatches } from '../../src/data/open.js';
import { detect } from '../../src/evaluate/detection/detection.js';
import { quality } from '../../src/evaluate/fidelity/quality.js';
import { createRandom } from '../../src/random.js';

/** What this package itself thinks of rows. */
export interface OwnJudgement {
  /** The quality score, computed as SDMetrics does: it is to be the same. */
  readonly quality: number | undefined;
  /** How far boosted trees are from telling the rows from real ones: 1 where they cannot. */
  readonly detection: number | undefined;
}

/** Judges a file of rows by the real ones. */
export async function ownJudgement(real: RecordBatch, file: string): Promise<OwnJudgement> {
  const synthetic: RecordBatch[] = [];
  for await (const batch of readBatches([file])) synthetic.push(batch);
  const { rows } = readTogether({ real, synthetic });
  const { score } = await detect(rows.real, rows.synthetic, 'boosting', createRandom(1));
  return {
    quality: quality(rows.real, rows.synthetic, { edges: 'own' }).score ?? undefined,
    detection: score ?? undefined,
  };
}
