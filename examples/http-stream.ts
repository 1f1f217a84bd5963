/**
 * An HTTP endpoint that streams augmented record batches as Arrow IPC:
 * `tsx examples/http-stream.ts DATA.parquet MODEL_DIR`, then
 * `curl 'localhost:8080?ratio=0.5' -o augmented.arrows`. `/health` and `/metrics` are for who runs it.
 *
 * Each request is an augmentation of its own, no faster than its client takes the bytes. When the
 * client goes away, reading, training and sampling stop. Batches are small and streams take turns, so
 * that none holds up the others for long; those beyond the cap are told to come back. On SIGTERM it
 * takes no more, and lets those that run end.
 */

import { pathToFileURL } from 'node:url';
import { loadModel, readParquetBatches } from 'gan-augment';
import { messageOf, serveAugmented } from './http-stream/serve-augmented.js';

/** Rows of a batch: some 20 ms of work. */
const batchRows = 8192;

/** Milliseconds that streams have to end. */
const patience = 10_000;

async function main([data, directory, port = '8080']: string[]): Promise<void> {
  if (data === undefined || directory === undefined) {
    throw new Error('usage: tsx examples/http-stream.ts DATA.parquet MODEL_DIR [PORT]');
  }
  const model = await loadModel(directory);
  const open = (signal: AbortSignal) => readParquetBatches(data, { signal, batchRows });
  const { server, shutDown } = serveAugmented(open, { model });
  server.on('error', (error) => fail(error));
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, () => void shutDown(patience));
  }
  // For this machine alone: what is in front of it decides who may ask.
  server.listen(Number(port), '127.0.0.1', () => console.log(`http://localhost:${port}?ratio=0.3`));
}

function fail(error: unknown): void {
  console.error(messageOf(error));
  process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(process.argv.slice(2)).catch(fail);
}
