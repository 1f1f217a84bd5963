import { type RecordBatch, tableFromArrays } from 'apache-arrow';
import { readCsvBatches } from '../../src/data/csv/read.js';
import { readParquetBatches } from '../../src/data/parquet/read.js';
import { groupSequenceBatches } from '../../src/data/sequences/group.js';
import { windowBatches } from '../../src/data/sequences/windows.js';
import { createRandom } from '../../src/random.js';

/** TimeGAN's sines: 5 features, 24 steps, frequencies and phases of U(0, 0.1), in [0, 1]. */
export async function sines(count: number): Promise<RecordBatch[]> {
  const random = createRandom('sines');
  const columns: Record<string, Float64Array> = {};
  for (let feature = 0; feature < 5; feature++)
    columns[`x${feature}`] = new Float64Array(count * 24);
  for (let row = 0; row < count; row++) {
    for (const values of Object.values(columns)) {
      const [frequency, phase] = [random.uniform() * 0.1, random.uniform() * 0.1];
      for (let step = 0; step < 24; step++) {
        values[row * 24 + step] = (Math.sin(frequency * step + phase) + 1) / 2;
      }
    }
  }
  return collect(windowBatches(tableFromArrays(columns), { length: 24 }));
}

/** All windows of 24 days of a table of prices. */
export function stocks(path: string): Promise<RecordBatch[]> {
  return collect(windowBatches(readCsvBatches(path), { length: 24, step: 1 }));
}

/** Utterances of speakers: 12 coefficients, 7 to 29 steps. */
export function vowels(path: string): Promise<RecordBatch[]> {
  const batches = readParquetBatches(path);
  return collect(groupSequenceBatches(batches, { by: 'series', orderBy: 'time' }));
}

async function collect(batches: AsyncIterable<RecordBatch>): Promise<RecordBatch[]> {
  const all: RecordBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}
