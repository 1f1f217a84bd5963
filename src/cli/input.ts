import type { RecordBatch } from 'apache-arrow';
import { readBatches } from '../data/open.js';
import type { TextFileOptions } from '../data/text-files.js';
import { InvalidOptionError } from '../errors.js';
import type { Context } from './console.js';

/** What of it is read, and how. */
export interface InputOptions {
  readonly columns?: readonly string[] | undefined;
  readonly texts?: TextFileOptions | undefined;
}

/** Batches of files, or of stdin for '-'. */
export function readInput(
  paths: readonly string[],
  context: Context,
  { columns, texts }: InputOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  if (paths.includes('-')) return readStandardInput(paths, context, columns);
  return readBatches(paths, { signal: context.signal, columns, ...texts });
}

async function* readStandardInput(
  paths: readonly string[],
  { console, signal }: Context,
  columns?: readonly string[],
): AsyncGenerator<RecordBatch, void, undefined> {
  if (paths.length > 1) {
    throw new InvalidOptionError(`'-' cannot be read together with files: ${paths.join(' ')}`);
  }
  const { stdin } = console;
  try {
    yield* readBatches('-', { signal, columns, stdin });
  } finally {
    // Unread, it would keep the process alive.
    stdin.destroy();
  }
}
