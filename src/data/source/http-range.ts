import { FileError } from '../../errors.js';
import { assertInside, type RangeReader } from '../files/range-reader.js';

/**
 * Opens a file on a web server for reading by ranges (RFC 9110, section 14): one request for its
 * size, and one for each read. Nothing is tried again.
 *
 * @param name names it in messages.
 * @param signal ends requests that are under way.
 * @throws FileError if the server does not answer, has no such file, or ignores ranges.
 */
export async function openHttpRange(
  url: URL,
  name: string,
  signal?: AbortSignal,
): Promise<RangeReader> {
  const first = await request(url, name, 0, 1, signal);
  await first.body?.cancel();
  const { size, version } = describe(first, name);
  return {
    name,
    size,
    async read(start, end) {
      assertInside(name, size, start, end);
      if (start === end) return new Uint8Array();
      const response = await request(url, name, start, end, signal);
      const now = describe(response, name);
      if (now.size !== size || now.version !== version) {
        await response.body?.cancel();
        throw new FileError(`input changed while it was read: ${name}. Read a file at rest`);
      }
      return readBody(response, name, start, end);
    },
    async close() {},
  };
}

async function request(
  url: URL,
  name: string,
  start: number,
  end: number,
  signal?: AbortSignal,
): Promise<Response> {
  const { address, headers } = withoutCredentials(url);
  headers.set('range', `bytes=${start}-${end - 1}`);
  try {
    return await fetch(address, { headers, signal: signal ?? null });
  } catch (cause) {
    signal?.throwIfAborted();
    throw cannotRead(name, reasonOf(cause), 'Check the address, and that the server runs', cause);
  }
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

/** Size of the file, and its version if the server tells; raises unless it answered with a range. */
function describe(response: Response, name: string): { size: number; version: string | null } {
  const { status, statusText, headers } = response;
  const version = headers.get('etag');
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

async function readBody({ headers, body }: Response, name: string, start: number, end: number) {
  const answered = headers.get('content-range') ?? '';
  if (!answered.startsWith(`bytes ${start}-${end - 1}/`)) {
    await body?.cancel();
    throw cannotRead(
      name,
      `the server sent ${answered}, not the range asked for`,
      'Download it first',
    );
  }
  const bytes = new Uint8Array(end - start);
  let done = 0;
  try {
    // Piece by piece: a body may be longer than it should be, without end.
    for await (const piece of body ?? []) {
      bytes.set(piece, done);
      done += piece.length;
    }
  } catch (cause) {
    throw cannotRead(
      name,
      `the answer broke off or is too long, at ${done} of ${bytes.length} bytes`,
      'Try again',
      cause,
    );
  }
  if (done === bytes.length) return bytes;
  throw cannotRead(name, `the server sent ${done} of ${bytes.length} bytes`, 'Try again');
}

function cannotRead(name: string, reason: string, remedy: string, cause?: unknown): FileError {
  return new FileError(
    `input cannot be read: ${name} (${reason}). ${remedy}`,
    cause === undefined ? undefined : { cause },
  );
}

/** `fetch` says no more than 'fetch failed'; its cause says why. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  const inner = cause as NodeJS.ErrnoException | undefined;
  return inner?.code ?? inner?.message ?? message;
}
