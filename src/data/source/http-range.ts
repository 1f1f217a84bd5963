import { FileError } from '../../errors.js';
import { assertInside, type RangeReader } from '../files/range-reader.js';
import {
  bodyPieces,
  cannotRead,
  get,
  type HttpLimits,
  httpLimits,
  PassingError,
  withRetries,
} from './http-request.js';

/**
 * Opens a file on a web server for reading by ranges (RFC 9110, section 14): one request for its
 * size, and one for each read. What fails for a while is asked for again, twice; a redirect is
 * followed within the origin alone.
 *
 * @param name names it in messages.
 * @param signal ends requests that are under way.
 * @throws FileError if the server does not answer, has no such file, changes it, or ignores ranges.
 */
export async function openHttpRange(
  url: URL,
  name: string,
  signal?: AbortSignal,
  limits: HttpLimits = httpLimits,
): Promise<RangeReader> {
  const ask = (start: number, end: number) => request(url, name, start, end, limits, signal);
  const { size, version } = await withRetries(
    async () => {
      const first = await ask(0, 1);
      void first.body?.cancel();
      return describe(first, name);
    },
    limits,
    signal,
  );
  return {
    name,
    size,
    async read(start, end) {
      assertInside(name, size, start, end);
      if (start === end) return new Uint8Array();
      const readOnce = async () => {
        const response = await ask(start, end);
        const now = describe(response, name);
        if (now.size !== size || now.version !== version) {
          void response.body?.cancel();
          throw new FileError(`input changed while it was read: ${name}. Read a file at rest`);
        }
        return readBody(response, name, start, end, limits, signal);
      };
      return withRetries(readOnce, limits, signal);
    },
    async close() {},
  };
}

function request(
  url: URL,
  name: string,
  start: number,
  end: number,
  limits: HttpLimits,
  signal?: AbortSignal,
): Promise<Response> {
  const { address, headers } = withoutCredentials(url);
  headers.set('range', `bytes=${start}-${end - 1}`);
  return get(address, headers, name, limits, signal);
}

/** `fetch` refuses addresses with a user and a password. */
function withoutCredentials(url: URL): { address: URL; headers: Headers } {
  const address = new URL(url);
  const headers = new Headers();
  const { username, password } = url;
  if (username !== '' || password !== '') {
    const credentials = [username, password].map(decodeURIComponent).join(':');
    headers.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
    address.username = '';
    address.password = '';
  }
  return { address, headers };
}

/**
 * Size of the file, and its version if the server tells one, or when it was changed last; raises
 * unless it answered with a range.
 */
function describe(response: Response, name: string): { size: number; version: string | null } {
  const { status, statusText, headers } = response;
  const version = headers.get('etag') ?? headers.get('last-modified');
  const size = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  // No range of an empty file can be had.
  if ((status === 416 && size === '0') || (status === 200 && isEmpty(headers))) {
    return { size: 0, version };
  }
  if (status === 206 && size !== undefined) return { size: Number(size), version };
  void response.body?.cancel();
  if (status === 206) {
    throw cannotRead(name, 'the server does not tell its size', 'Download it first');
  }
  if (status === 200) {
    throw cannotRead(name, 'the server ignores range requests', 'Download it first');
  }
  throw cannotRead(name, `HTTP ${status} ${statusText}`.trim(), 'Check the address');
}

function isEmpty(headers: Headers): boolean {
  return headers.get('content-length') === '0';
}

async function readBody(
  response: Response,
  name: string,
  start: number,
  end: number,
  limits: HttpLimits,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const answered = response.headers.get('content-range') ?? '';
  if (!answered.startsWith(`bytes ${start}-${end - 1}/`)) {
    void response.body?.cancel();
    throw cannotRead(
      name,
      `the server sent ${answered}, not the range asked for`,
      'Download it first',
    );
  }
  const bytes = new Uint8Array(end - start);
  let done = 0;
  // Piece by piece: a body may be longer than it should be, without end.
  for await (const piece of bodyPieces(response, name, limits, signal)) {
    if (done + piece.length > bytes.length) {
      throw cannotRead(
        name,
        `the answer is too long, beyond ${bytes.length} bytes`,
        'Download it first',
      );
    }
    bytes.set(piece, done);
    done += piece.length;
  }
  if (done === bytes.length) return bytes;
  throw new PassingError(
    cannotRead(name, `the server sent ${done} of ${bytes.length} bytes`, 'Try again'),
  );
}
