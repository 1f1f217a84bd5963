import { fitStream } from '../../src/augment/fit-stream.js';
import { readParquetBatches } from '../../src/data/parquet/read.js';
import { saveModel } from '../../src/gan/model/directory.js';

/**
 * Trains a model on the first 20,000 rows of a Parquet file for a few steps, saves it and returns its
 * directory: enough to measure how fast it samples, which does not depend on how good it is.
 */
export async function modelOf(input: string, directory: string): Promise<string> {
  const model = await fitStream(readParquetBatches(input), { rows: 20_000, steps: 100, seed: 1 });
  await saveModel(model, directory);
  return directory;
}
