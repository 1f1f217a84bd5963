import { FileError, GanAugmentError } from '../../errors.js';

/** How long a web server may take, and how often it is asked. */
export interface HttpLimits {
  /** Milliseconds until it answers, and between two pieces of its answer. */
  readonly idle: number;
  /** Times that a request is made, at most. */
  readonly attempts: number;
  /** Milliseconds before a request is made again; four times as many before the next. */
  readonly pause: number;
}

export const httpLimits: HttpLimits = { idle: 30_000, attempts: 3, pause: 200 };

const mostRedirects = 5;
/** What may be better the next time. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);
const redirects = new Set([301, 302, 303, 307, 308]);
/** Milliseconds that a server may ask us to wait. */
const longestPause = 10_000;

/** A failure that may be another one the next time. */
export class PassingError extends Error {
  constructor(
    readonly error: FileError,
    readonly wait = 0,
  ) {
    super(error.message);
  }
}

/**
 * Does something with a web server, and again if that fails for a while; the last failure is raised.
 *
 * @throws what `action` raises.
 */
export async function withRetries<T>(
  action: () => Promise<T>,
  { attempts, pause }: HttpLimits,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof PassingError)) throw error;
      if (attempt === attempts) throw error.error;
      await sleep(Math.max(pause * 4 ** (attempt - 1), error.wait), signal);
    }
  }
}

/**
 * The answer to a GET request, redirected within the origin at most.
 *
 * A server elsewhere would be told what the address and its headers hold, and one that is not
 * encrypted would tell it to everyone.
 *
 * @param name names it in messages.
 * @throws PassingError where it is worth another try; FileError where it is not.
 */
export async function get(
  url: URL,
  headers: Headers,
  name: string,
  { idle }: HttpLimits,
  signal?: AbortSignal,
): Promise<Response> {
  let address = url;
  for (let redirect = 0; redirect <= mostRedirects; redirect++) {
    const response = await fetchOnce(address, headers, name, idle, signal);
    if (passing.has(response.status)) {
      void response.body?.cancel();
      const reason = `HTTP ${response.status} ${response.statusText}`.trim();
      throw new PassingError(cannotRead(name, reason, 'Try again later'), retryAfter(response));
    }
    const target = response.headers.get('location');
    if (!redirects.has(response.status) || target === null) return response;
    void response.body?.cancel();
    const next = URL.canParse(target, address) ? new URL(target, address) : undefined;
    if (next?.origin !== url.origin) {
      const where = next ? next.origin : 'what is no address';
      throw cannotRead(name, `it redirects to ${where}`, 'Give the address there, if you trust it');
    }
    address = next;
  }
  throw cannotRead(name, `it redirects more than ${mostRedirects} times`, 'Check the address');
}

async function fetchOnce(
  address: URL,
  headers: Headers,
  name: string,
  idle: number,
  signal?: AbortSignal,
): Promise<Response> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), idle);
  const signals = signal ? [limit.signal, signal] : [limit.signal];
  try {
    return await fetch(address, { headers, redirect: 'manual', signal: AbortSignal.any(signals) });
  } catch (cause) {
    signal?.throwIfAborted();
    const reason = limit.signal.aborted ? `no answer in ${idle / 1000} s` : reasonOf(cause);
    throw new PassingError(
      cannotRead(name, reason, 'Check the address, and that the server runs', cause),
    );
  } finally {
    clearTimeout(timer);
  }
}

/** The pieces of an answer, none later than `idle` milliseconds after the one before. */
export async function* bodyPieces(
  { body }: Response,
  name: string,
  { idle }: HttpLimits,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body?.getReader();
  if (!reader) return;
  let isOpen = true;
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), idle, name, signal);
      if (done) {
        isOpen = false;
        return;
      }
      yield value;
    }
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof PassingError || GanAugmentError.isInstance(cause)) throw cause;
    throw new PassingError(
      cannotRead(name, `the answer broke off (${reasonOf(cause)})`, 'Try again', cause),
    );
  } finally {
    if (isOpen) void reader.cancel().catch(() => {});
  }
}

async function within<T>(
  promise: Promise<T>,
  idle: number,
  name: string,
  signal?: AbortSignal,
): Promise<T> {
  let stop = () => {};
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => {
      reject(new PassingError(cannotRead(name, `no more came in ${idle / 1000} s`, 'Try again')));
    }, idle);
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
  });
  return Promise.race([promise, late]).finally(() => stop());
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

function retryAfter({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds * 1000, 0), longestPause) : 0;
}

/** An error for a file on a web server. */
export function cannotRead(
  name: string,
  reason: string,
  remedy: string,
  cause?: unknown,
): FileError {
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
