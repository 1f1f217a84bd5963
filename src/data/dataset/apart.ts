import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { InvalidOptionError } from '../../errors.js';
import { standardStream } from '../formats.js';
import { isWebAddress } from '../source/address.js';
import { listFiles } from './list-files.js';

/** What `assertApart` can be told. */
interface ApartOptions {
  /** Whether the output is a directory, which may hold an input. Default: false. */
  readonly isDirectory?: boolean | undefined;
  /** Whether an output file may take the place of an input. Default: false. */
  readonly overwrite?: boolean | undefined;
}

/**
 * Refuses an output that is an input, that would be read as part of one, or whose directory holds one.
 *
 * @throws InvalidOptionError that names both.
 */
export async function assertApart(
  inputs: readonly string[],
  output: string,
  { isDirectory = false, overwrite = false }: ApartOptions = {},
): Promise<void> {
  if (output === standardStream) return;
  const target = await realPlace(output);
  for (const input of inputs) {
    if (input === standardStream || isWebAddress(input)) continue;
    const found = await stat(input).catch(() => undefined);
    const place = await realPlace(input);
    if (found?.isDirectory() && isInside(target, place)) throw inside(output, input);
    if (isDirectory && isInside(place, target)) {
      throw new InvalidOptionError(
        `the input lies in the output: ${input} in ${output}. Write to another directory`,
      );
    }
    if (!overwrite && (await isOneOf(target, input))) throw same(output);
  }
}

/** Whether a file is one of those that an input means. */
async function isOneOf(target: string, input: string): Promise<boolean> {
  // Whether there are any, and can be read, is for the reader to say.
  const files = await listFiles(input).catch(() => []);
  const places = await Promise.all(files.map(({ path }) => realPlace(path)));
  return places.includes(target);
}

/** The path without links, also of what is not there yet. */
async function realPlace(path: string): Promise<string> {
  const whole = resolve(path);
  const real = await realpath(whole).catch(() => undefined);
  if (real !== undefined || dirname(whole) === whole) return real ?? whole;
  return join(await realPlace(dirname(whole)), basename(whole));
}

function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function inside(output: string, input: string): InvalidOptionError {
  return new InvalidOptionError(
    `the output lies in the input, and would be read as part of it: ${output} in ${input}. Write it elsewhere`,
  );
}

function same(output: string): InvalidOptionError {
  return new InvalidOptionError(
    `the output is an input: ${output}. Write to another file, or let it be replaced with --overwrite`,
  );
}
