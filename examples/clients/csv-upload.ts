/**
 * Takes CSV that is uploaded by a form, and answers with it augmented, as CSV:
 * `tsx csv-upload.ts MODEL_DIR 8080`, then `curl -F file=@orders.csv 'localhost:8080?ratio=0.3'`
 *
 * The file is read while it is uploaded, and answered while it is read, no faster than the client
 * takes it. What is wrong with it is said with status 400 where nothing has been answered yet; after
 * that the answer is broken off, so that no client takes it for whole.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import busboy from 'busboy';
import {
  type AugmentOptions,
  augmentBatches,
  GanAugmentError,
  loadModel,
  readCsvBatches,
  writeCsvBatches,
} from 'gan-augment';

/** Bytes of an upload, at most. */
const largestFile = 2 ** 30;

/** A server that augments uploads by a model. */
export function serveUploads(options: AugmentOptions): Server {
  return createServer((request, response) => {
    augmentUpload(request, response, options).catch((error: unknown) => refuse(response, error));
  });
}

async function augmentUpload(
  request: IncomingMessage,
  response: ServerResponse,
  options: AugmentOptions,
): Promise<void> {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const ratio = Number(searchParams.get('ratio') ?? options.ratio);
  const left = new AbortController();
  response.once('close', () => left.abort(new Error('the client went away')));
  const { signal } = left;
  const { file, name } = await uploadedFile(request);
  const rows = readCsvBatches(file, { name, batchRows: 4096, signal });
  const augmented = augmentBatches(rows, { ...options, ratio, mark: 'synthetic', signal });
  const batches = augmented[Symbol.asyncIterator]();
  // The first batch shows what is wrong with the file, before anything is answered.
  const first = await batches.next();
  response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' });
  await writeCsvBatches(response, resume(first, batches), { signal });
}

/** The first file of a form. */
function uploadedFile(request: IncomingMessage): Promise<{ file: Readable; name: string }> {
  return new Promise((resolve, reject) => {
    const form = busboy({ headers: request.headers, limits: { files: 1, fileSize: largestFile } });
    form.on('file', (_, file, { filename }) => {
      file.on('limit', () => file.destroy(new Error(`${filename} has over ${largestFile} bytes`)));
      resolve({ file, name: filename });
    });
    form.on('error', reject);
    form.on('close', () => reject(new Error('the form has no file')));
    request.on('aborted', () => form.destroy(new Error('the upload was broken off')));
    request.pipe(form);
  });
}

async function* resume<Value>(first: IteratorResult<Value>, rest: AsyncIterator<Value>) {
  try {
    for (let step = first; !step.done; step = await rest.next()) yield step.value;
  } finally {
    await rest.return?.();
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = GanAugmentError.isInstance(error) ? 400 : 500;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`${(error as Error).message}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [directory, port = '8080'] = process.argv.slice(2);
  if (!directory) throw new Error('usage: tsx csv-upload.ts MODEL_DIR [PORT]');
  const server = serveUploads({ ratio: 0.3, model: await loadModel(directory) });
  // For this machine alone: what is in front of it decides who may ask.
  server.listen(Number(port), '127.0.0.1', () => console.log(`http://localhost:${port}`));
}
