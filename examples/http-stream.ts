/**
 * An HTTP endpoint that streams augmented record batches as Arrow IPC:
 * `tsx examples/http-stream.ts DATA.parquet MODEL_DIR`, then
 * `curl 'localhost:8080?ratio=0.5' -o augmented.arrows`.
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

/**
 * A server that answers each request with the real rows, and synthetic ones among them.
 *
 * @param log Told of what goes wrong, and of clients that go away, in a line.
 */
export function serveAugmented(
  open: (signal: AbortSignal) => AsyncIterable<RecordBatch>,
  options: Partial<AugmentOptions>,
  log: (line: string) => void = console.error,
): Server {
  return createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const ratio = Number(query.get('ratio') ?? options.ratio ?? 0.3);
    void answer(response, open, { ...options, ratio }, log);
  });
}

async function answer(
  response: ServerResponse,
  open: (signal: AbortSignal) => AsyncIterable<RecordBatch>,
  options: AugmentOptions,
  log: (line: string) => void,
): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  // When the client goes away, nobody needs the rest.
  response.on('close', () => response.writableFinished || controller.abort());
  let batches: AsyncIterator<RecordBatch> | undefined;
  try {
    batches = augmentBatches(open(signal), { ...options, signal })[Symbol.asyncIterator]();
    // What fails before the first batch can still be answered.
    const first = await batches.next();
    response.setHeader('content-type', 'application/vnd.apache.arrow.stream');
    await writeIpcBatches(response, from(first, batches), { signal });
  } catch (error) {
    if (signal.aborted) return log('a client went away: its augmentation has stopped');
    log(messageOf(error));
    if (response.headersSent) {
      // Cut off, so that the client does not take it for whole.
      response.destroy();
      return;
    }
    const isRefused = GanAugmentError.isInstance(error) && error.code === 'INVALID_OPTION';
    response.writeHead(isRefused ? 400 : 500, { 'content-type': 'text/plain' });
    response.end(isRefused ? error.message : 'The rows cannot be augmented.');
  } finally {
    await batches?.return?.();
  }
}

async function* from<Item>(first: IteratorResult<Item>, rest: AsyncIterator<Item>) {
  for (let next = first; !next.done; next = await rest.next()) yield next.value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function main([data, directory, port = '8080']: string[]): Promise<void> {
  if (data === undefined || directory === undefined) {
    throw new Error('usage: tsx examples/http-stream.ts DATA.parquet MODEL_DIR [PORT]');
  }
  const model = await loadModel(directory);
  const server = serveAugmented((signal) => readParquetBatches(data, { signal }), { model });
  server.on('error', (error) => fail(error));
  server.listen(Number(port), () => console.log(`http://localhost:${port}?ratio=0.3`));
}

function fail(error: unknown): void {
  console.error(messageOf(error));
  process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(process.argv.slice(2)).catch(fail);
}
