/**
 * Copies a Parquet file by the built package, augmented if there is a model: INPUT OUTPUT [MODEL]; with
 * GAN_AUGMENT_BENCH_THREADS by so many threads of Parquet's engine.
 *
 * In plain JavaScript, and of the package itself, so that what compiles TypeScript takes no memory.
 */
import { readFileSync } from 'node:fs';
import { augmentBatches, loadModel, readParquetBatches, writeParquetFile } from 'gan-augment';

const [input, output, directory] = process.argv.slice(2);
const model = directory === undefined ? undefined : await loadModel(directory);
const start = performance.now();
const given = process.env.GAN_AUGMENT_BENCH_THREADS;
const options = given === undefined ? {} : { threads: Number(given) };
const batches = readParquetBatches(input, options);
const stream = model ? augmentBatches(batches, { ratio: 0.3, model, seed: 1 }) : batches;
const { rows } = await writeParquetFile(output, stream, options);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ rows, seconds, peakMiB: peakMiB() }));

/** As in support/run-child.ts. */
function peakMiB() {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
