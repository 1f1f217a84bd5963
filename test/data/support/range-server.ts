import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Web servers on this machine, gone after each test. */
export function useServers() {
  const running: (() => void)[] = [];
  afterEach(() => {
    for (const stop of running.splice(0)) stop();
  });
  return async (answer: Answer): Promise<string> => {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    running.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
}

/** First and last byte that a request asks for. */
export function rangeOf({ headers }: IncomingMessage): [first: number, last: number] {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
  return [Number(first), Number(last)];
}

/** Answers as a server does that knows ranges. */
export function serveRanges(
  bytes: Uint8Array,
  { etag, seen }: { etag?: () => string; seen?: IncomingMessage[] } = {},
): Answer {
  return (request, response) => {
    seen?.push(request);
    const [first, last] = rangeOf(request);
    if (first >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    const end = Math.min(last + 1, bytes.length);
    if (etag) response.setHeader('etag', etag());
    response.writeHead(206, { 'content-range': `bytes ${first}-${end - 1}/${bytes.length}` });
    response.end(bytes.subarray(first, end));
  };
}
