import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CorpusFile } from './find-files.js';
import type { Reading } from './reading.js';

/** Bounds of one file. */
export interface Bounds {
  readonly seconds: number;
  readonly mebibytes: number;
  /** Rows that are compared. */
  readonly most: number;
}

/** What came of a file, or how it ended the process that read it. */
export type Watched = Reading | { readonly fault: string };

/** Reads files in a process of its own: a new one after each crash, hang, and after too much memory. */
export async function* watchFiles(
  files: readonly CorpusFile[],
  bounds: Bounds,
): AsyncGenerator<Watched, void, undefined> {
  let child: ChildProcess | undefined;
  try {
    for (const file of files) {
      child ??= fork(fileURLToPath(new URL('./child.ts', import.meta.url)), {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      const { peakMiB, ...watched } = await readWith(child, file, bounds);
      const isTooMuch = peakMiB !== undefined && peakMiB > bounds.mebibytes;
      if ('fault' in watched || isTooMuch) {
        child.kill('SIGKILL');
        child = undefined;
      }
      yield isTooMuch ? { fault: `${peakMiB.toFixed(0)} MiB` } : watched;
    }
  } finally {
    child?.kill('SIGKILL');
  }
}

function readWith(
  child: ChildProcess,
  file: CorpusFile,
  { seconds, most }: Bounds,
): Promise<Watched & { peakMiB?: number }> {
  return new Promise((resolve) => {
    let errors = '';
    const onErrors = (data: Buffer) => {
      errors = `${errors}${data}`.slice(-500);
    };
    const end = (watched: Watched) => {
      clearTimeout(timer);
      child.removeAllListeners();
      child.stderr?.off('data', onErrors);
      resolve(watched);
    };
    const timer = setTimeout(() => end({ fault: `more than ${seconds} s` }), seconds * 1000);
    child.stderr?.on('data', onErrors);
    child.once('message', (message) => end(message as Reading));
    child.once('exit', (code, signal) => end({ fault: `crash, ${code ?? signal}: ${errors}` }));
    child.send({ file, most });
  });
}
