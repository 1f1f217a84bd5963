/**
 * An HTTP endpoint that streams augmented record batches as Arrow IPC:
 * `tsx examples/http-stream.ts DATA.parquet MODEL_DIR`, then
 * `curl localhost:8080?ratio=0.5 -o augmented.arrows`.
 *
 * Each request is an augmentation of its own, no faster than its client takes the bytes. When the
 * client goes away, reading, training and sampling stop.
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import { pathToFileURL } from 'node:url';
import type { RecordBatch } from 'apache-arrow';
import {
  type AugmentOptions,
  augmentBatches,
  GanAugmentError,
  loadModel,
  readParquetBatches,
  writeIpcBatches,
} from 'gan-augment';

/** A server that answers each request with the real rows, and synthetic ones among them. */
export function serveAugmented(
  open: (signal: AbortSignal) => AsyncIterable<RecordBatch>,
  options: Partial<AugmentOptions>,
): Server {
  return createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const ratio = Number(query.get('ratio') ?? options.ratio ?? 0.3);
    void answer(response, open, { ...options, ratio });
  });
}

async function answer(
  response: ServerResponse,
  open: (signal: AbortSignal) => AsyncIterable<RecordBatch>,
  options: AugmentOptions,
): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  // Also when the client goes away: then nobody needs the rest.
  response.on('close', () => controller.abort());
  try {
    const batches = augmentBatches(open(signal), { ...options, signal });
    response.setHeader('content-type', 'application/vnd.apache.arrow.stream');
    await writeIpcBatches(response, batches, { signal });
  } catch (error) {
    if (signal.aborted) return;
    if (response.headersSent) {
      // Cut off, so that the client does not take it for whole.
      response.destroy();
      return;
    }
    const isRefused = GanAugmentError.isInstance(error) && error.code === 'INVALID_OPTION';
    response.writeHead(isRefused ? 400 : 500, { 'content-type': 'text/plain' });
    response.end(isRefused ? error.message : 'The rows cannot be augmented.');
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [data = '', directory = ''] = process.argv.slice(2);
  const model = await loadModel(directory);
  const server = serveAugmented((signal) => readParquetBatches(data, { signal }), { model });
  server.listen(8080, () => console.log('http://localhost:8080'));
}
