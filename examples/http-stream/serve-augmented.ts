import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { RecordBatch } from 'apache-arrow';
import { type AugmentOptions, augmentBatches, GanAugmentError, writeIpcBatches } from 'gan-augment';
import { type Counts, formatMetrics, noCounts, watchEventLoop } from './metrics.js';
import { createTurns, type Turns } from './turns.js';

/** How a server serves. */
export interface ServingOptions {
  /** Told of what goes wrong, and of clients that go away, in a line. Default: stderr. */
  readonly log?: (line: string) => void;
  /** Streams at the same time, at most: each holds a row group in memory. Default 20. */
  readonly mostStreams?: number;
}

/** A server of augmented streams. */
export interface AugmentServer {
  readonly server: Server;
  readonly counts: Readonly<Counts>;
  /** Takes no more streams, lets those that run end, and cuts them off after `patience` ms. */
  shutDown(patience: number): Promise<void>;
}

/** What all requests share. */
interface Serving {
  readonly open: (signal: AbortSignal) => AsyncIterable<RecordBatch>;
  readonly options: Partial<AugmentOptions>;
  readonly log: (line: string) => void;
  readonly mostStreams: number;
  readonly turns: Turns;
  readonly counts: Counts;
  /** Aborted when the server is to end at once. */
  readonly cutOff: AbortSignal;
  longestMs(): number;
  isClosing(): boolean;
}

/** A server that answers `GET /?ratio=…` with the real rows, and synthetic ones among them. */
export function serveAugmented(
  open: (signal: AbortSignal) => AsyncIterable<RecordBatch>,
  options: Partial<AugmentOptions>,
  { log = console.error, mostStreams = 20 }: ServingOptions = {},
): AugmentServer {
  const loop = watchEventLoop();
  const cutting = new AbortController();
  const { signal: cutOff } = cutting;
  const counts = noCounts();
  let closing = false;
  const serving: Serving = {
    ...{ open, options, log, mostStreams, counts, cutOff },
    turns: createTurns(),
    longestMs: loop.longestMs,
    isClosing: () => closing,
  };
  const server = createServer((request, response) => void route(request, response, serving));
  server.on('close', loop.stop);
  return {
    server,
    counts,
    shutDown(patience) {
      closing = true;
      return new Promise((resolve) => {
        const timer = setTimeout(() => cutting.abort(), patience);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        // Connections that only wait would keep it open.
        server.closeIdleConnections();
      });
    },
  };
}

async function route(request: IncomingMessage, response: ServerResponse, serving: Serving) {
  const { counts, mostStreams, options } = serving;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const refuse = (status: number, text: string, headers = {}) => {
    counts.refused++;
    reply(response, status, text, headers);
  };
  if (request.method !== 'GET') return refuse(405, 'Only GET is answered.', { allow: 'GET' });
  if (pathname === '/health') {
    return reply(response, serving.isClosing() ? 503 : 200, serving.isClosing() ? 'closing' : 'ok');
  }
  if (pathname === '/metrics')
    return reply(response, 200, formatMetrics(counts, serving.longestMs()));
  if (pathname !== '/') return refuse(404, 'Not found. There are /, /health and /metrics.');
  const said = searchParams.get('ratio');
  if (said?.trim() === '') return refuse(400, 'ratio must be a number in [0, 1): it is empty.');
  if (serving.isClosing() || counts.open >= mostStreams) {
    return refuse(503, 'Too many streams. Try again later.', { 'retry-after': '1' });
  }
  counts.open++;
  const ratio = said === null ? (options.ratio ?? 0.3) : Number(said);
  await stream(response, { ...options, ratio }, serving);
  counts.open--;
}

async function stream(response: ServerResponse, options: AugmentOptions, serving: Serving) {
  const { open, log, counts, turns, cutOff } = serving;
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, cutOff]);
  // When the client goes away, nobody needs the rest.
  response.on('close', () => response.writableFinished || controller.abort());
  let batches: AsyncIterator<RecordBatch> | undefined;
  try {
    batches = augmentBatches(open(signal), { ...options, signal })[Symbol.asyncIterator]();
    // What fails before the first batch can still be answered.
    const first = await nextInTurn(batches, turns, signal);
    response.setHeader('content-type', 'application/vnd.apache.arrow.stream');
    await writeIpcBatches(response, countRows(first, batches, serving, signal), { signal });
    counts.completed++;
  } catch (error) {
    if (controller.signal.aborted) {
      counts.left++;
      return log('a client went away: its augmentation has stopped');
    }
    fail(response, error, serving);
  } finally {
    await batches?.return?.();
  }
}

function fail(response: ServerResponse, error: unknown, { counts, log }: Serving): void {
  const isRefused = GanAugmentError.isInstance(error) && error.code === 'INVALID_OPTION';
  if (isRefused) counts.refused++;
  else counts.failed++;
  log(messageOf(error));
  // Cut off, so that the client does not take it for whole.
  if (response.headersSent) response.destroy();
  else if (isRefused) reply(response, 400, error.message);
  else reply(response, 500, 'The rows cannot be augmented.');
}

async function* countRows(
  first: IteratorResult<RecordBatch>,
  batches: AsyncIterator<RecordBatch>,
  { counts, turns }: Serving,
  signal: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  for (let next = first; !next.done; next = await nextInTurn(batches, turns, signal)) {
    counts.rows += next.value.numRows;
    yield next.value;
  }
}

/** The next batch, when it is this stream's turn. Whoever has gone away meanwhile takes none. */
function nextInTurn(batches: AsyncIterator<RecordBatch>, turns: Turns, signal: AbortSignal) {
  return turns.take(() => {
    signal.throwIfAborted();
    return batches.next();
  });
}

function reply(response: ServerResponse, status: number, text: string, headers = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain', ...headers });
  response.end(text);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
