/** Reads the files that the parent names, and says what came of each: see `watch.ts`. */
import type { RecordBatch } from 'apache-arrow';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { readCsvBatches } from '../../src/data/csv/read.js';
import { readIpcBatches } from '../../src/data/ipc/read.js';
import { readParquetBatches } from '../../src/data/parquet/read.js';
import { GanAugmentError } from '../../src/errors.js';
import { checkAugmented, standInModel } from '../../src/testing/index.js';
import { collect } from '../../test/data/support/arbitrary-batches.js';
import { canonicalRows, familyOf } from '../../test/data/support/canonical.js';
import { peakMiB } from '../support/run-child.js';
import type { CorpusFile } from './find-files.js';
import type { Reading } from './reading.js';

const readers = {
  parquet: readParquetBatches,
  'arrow-file': readIpcBatches,
  'arrow-stream': readIpcBatches,
  csv: readCsvBatches,
} as const;

async function read({ path, format }: CorpusFile, most: number): Promise<Reading> {
  try {
    const batches = await collect(readers[format](path));
    const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
    const first = canonicalRows(startOf(batches, most)).slice(0, most);
    const fields = batches[0]?.schema.fields ?? [];
    const columns = fields.map(({ name, type }, k) => ({
      name,
      family: familyOf(type),
      values: first.map((row) => row[k]),
    }));
    return { rows, columns, augmented: await augment(batches) };
  } catch (error) {
    return describe(error);
  }
}

/** The batches that hold the first rows; cutting one would lose columns of the same name. */
function startOf(batches: readonly RecordBatch[], rows: number): RecordBatch[] {
  let before = 0;
  return batches.filter(({ numRows }, k) => {
    const isNeeded = k === 0 || before < rows;
    before += numRows;
    return isNeeded;
  });
}

/** Whether the rows come through an augmentation as they were. */
async function augment(batches: readonly RecordBatch[]): Promise<string> {
  if (batches.every(({ numRows }) => numRows === 0)) return 'no rows';
  try {
    const options = { ratio: 0.2, model: standInModel(batches), mark: '"synthetic"' };
    const output = await collect(augmentBatches(batches, options));
    checkAugmented(batches, output, { ratio: 0.2, mark: '"synthetic"' });
    return 'real rows as they were';
  } catch (error) {
    const described = describe(error);
    return `${described.isOurs ? 'refused' : 'FAULT'}: ${described.error}`;
  }
}

function describe(error: unknown) {
  const { name, message } = error as Error;
  return { error: `${name}: ${message}`, isOurs: GanAugmentError.isInstance(error) };
}

process.on('message', async ({ file, most }: { file: CorpusFile; most: number }) => {
  process.send?.({ ...(await read(file, most)), peakMiB: peakMiB() });
});
process.on('unhandledRejection', (error) => {
  console.error(error);
  process.exit(70);
});
