import type { RecordBatch } from 'apache-arrow';
import { readTogether } from '../../src/columns/read.js';
import { readBatches } from '../../src/data/open.js';
import { quality } from '../../src/evaluate/fidelity/quality.js';

/** The quality score of this package, computed as SDMetrics does: it is to be the same. */
export async function ownQuality(real: RecordBatch, file: string): Promise<number | undefined> {
  const synthetic: RecordBatch[] = [];
  for await (const batch of readBatches([file])) synthetic.push(batch);
  const { rows } = readTogether({ real, synthetic });
  return quality(rows.real, rows.synthetic, { edges: 'own' }).score ?? undefined;
}
