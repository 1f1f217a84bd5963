/** A browser that is driven through the DevTools protocol over pipes: no port, no library. */
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The first browser on the path, or the one that `CHROME` names; undefined if there is none. */
export function findBrowser(): string | undefined {
  const { CHROME, PATH = '' } = process.env;
  if (CHROME !== undefined) return CHROME;
  const places = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What the protocol tells that nobody asked for. */
export interface BrowserEvent {
  readonly method: string;
  // biome-ignore lint/suspicious/noExplicitAny: the protocol has hundreds of shapes.
  readonly params: any;
}

/** One page of the browser. */
export interface Page {
  // biome-ignore lint/suspicious/noExplicitAny: the protocol has hundreds of shapes.
  send(method: string, params?: object): Promise<any>;
  /** What an expression gives in the page, as JSON; promises are waited for. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** All that has happened so far. */
  readonly events: readonly BrowserEvent[];
}

/** Starts a browser without windows, gives its one page, and ends it afterwards. */
export async function withPage<Value>(
  path: string,
  work: (page: Page) => Promise<Value>,
): Promise<Value> {
  const profile = mkdtempSync(join(tmpdir(), 'report-browser-'));
  const child = spawn(
    path,
    [
      ...['--headless=new', '--remote-debugging-pipe', '--no-sandbox', '--disable-gpu'],
      ...['--no-first-run', '--disable-dev-shm-usage', '--hide-scrollbars'],
      ...[`--user-data-dir=${profile}`, 'about:blank'],
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const [input, output] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
    return await work(await openPage(input, output));
  } finally {
    child.kill();
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function openPage(input: Writable, output: Readable): Promise<Page> {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  const events: BrowserEvent[] = [];
  let [count, rest] = [0, ''];
  output.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const { id, result, error, method, params } = JSON.parse(message);
      if (id === undefined) events.push({ method, params });
      else if (error) waiting.get(id)?.reject(new Error(error.message));
      else waiting.get(id)?.resolve(result);
    }
  });
  output.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser has ended'));
  });
  // biome-ignore lint/suspicious/noExplicitAny: the protocol has hundreds of shapes.
  const call = (method: string, params: object, sessionId?: string): Promise<any> => {
    const id = ++count;
    input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  };
  const { targetInfos } = await call('Target.getTargets', {});
  const { targetId } = targetInfos.find(({ type }: { type: string }) => type === 'page');
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  const send: Page['send'] = (method, params = {}) => call(method, params, sessionId);
  return {
    send,
    events,
    async evaluate(expression) {
      const { result, exceptionDetails } = await send('Runtime.evaluate', {
        ...{ expression, awaitPromise: true, returnByValue: true },
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
      return result.value;
    },
  };
}
