/** Copies a Parquet file by our reader and writer, augmented if there is a model: INPUT OUTPUT [MODEL] */
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { readParquetBatches } from '../../src/data/parquet/read.js';
import { writeParquetFile } from '../../src/data/parquet/write.js';
import { loadModel } from '../../src/gan/model/directory.js';
import { reportWork } from '../support/run-child.js';

const [input = '', output = '', directory] = process.argv.slice(2);
const model = directory === undefined ? undefined : await loadModel(directory);
const start = performance.now();
const batches = readParquetBatches(input);
const stream = model ? augmentBatches(batches, { ratio: 0.3, model, seed: 1 }) : batches;
const { rows } = await writeParquetFile(output, stream);
reportWork(rows, start);
