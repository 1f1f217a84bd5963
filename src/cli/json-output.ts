import { Option } from 'commander';
import { assertWritable, writeAtomically } from '../data/files/atomic.js';
import { InvalidOptionError } from '../errors.js';
import { type Console, printJson, say } from './console.js';

/** What `--json` parses to: true for stdout, or the path of a file. */
export type JsonFlag = true | string | undefined;

/** The flag of a summary for programs. */
export const jsonOption = () =>
  new Option(
    '--json [file]',
    'print one line of JSON on stdout, or write it to a file that ends in .json',
  );

/**
 * Refuses a file that cannot be written, before any work is done; also what was meant to be an input.
 *
 * @throws InvalidOptionError; FileError if no file can be there.
 */
export async function checkJson(json: JsonFlag): Promise<void> {
  if (typeof json !== 'string') return;
  if (!/\.json$/i.test(json)) {
    throw new InvalidOptionError(
      `--json writes to a file that ends in .json: ${json}. Put --json last to print it on stdout`,
    );
  }
  await assertWritable(json);
}

/** Writes a summary where the flag says, if it was given. */
export async function writeJson(console: Console, json: JsonFlag, summary: object): Promise<void> {
  if (json === true) return printJson(console, summary);
  if (json !== undefined) await writeText(console, json, `${JSON.stringify(summary)}\n`);
}

/** Writes a text to a file, which appears whole or not at all, and says so. */
export async function writeText(console: Console, path: string, text: string): Promise<void> {
  await writeAtomically(path, (sink) => sink.write(Buffer.from(text)));
  say(console, `wrote ${path}`);
}
