import type { Readable } from 'node:stream';
import { FileError } from '../errors.js';

/** A stream to write to, which may be a terminal. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** What a command reads from and writes to. */
export interface Console {
  readonly stdin: Readable;
  /** Results alone. */
  readonly stdout: Output;
  /** Everything for people's eyes. */
  readonly stderr: Output;
}

/** The process's own; each is opened when it is asked for first. */
export const standardConsole: Console = {
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
};

/** What every command is given. */
export interface Context {
  readonly console: Console;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
}

/** Tells the user something, on a line of its own. */
export function say({ stderr }: Console, line: string): void {
  stderr.write(`${line}\n`);
}

/**
 * Writes a result to stdout, and waits until it has been taken.
 *
 * @throws FileError if it cannot be written, as when its reader has gone away.
 */
export function print({ stdout }: Console, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(text, (cause) => {
      if (!cause) return resolve();
      const message = `standard output cannot be written: ${cause.message}. See where it leads`;
      reject(new FileError(message, { cause }));
    });
  });
}

/** Prints one line of JSON. */
export function printJson(console: Console, value: object): Promise<void> {
  return print(console, `${JSON.stringify(value)}\n`);
}
