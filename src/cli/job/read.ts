import { Option as Flag } from 'commander';
import { readBytes } from '../../data/files/read-bytes.js';
import { InvalidOptionError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import type { Option } from '../../options/option.js';

/** The flag that names a job file. */
export const configOption = () =>
  new Flag(
    '--config <job.json>',
    "options of the library, and files, as JSON: see the package's options.schema.json; flags go first",
  );

/**
 * The job in a file, as it is described; empty without a file.
 *
 * @throws FileError if the file cannot be read; InvalidOptionError for what is no JSON or no such job.
 */
export async function readJob<Job>(
  path: string | undefined,
  description: Option<Job>,
): Promise<Partial<Job>> {
  if (path === undefined) return {};
  const job = parse(path, Buffer.from(await readBytes(path, 'job')).toString('utf8'));
  try {
    checkOptions(description, job);
  } catch (error) {
    if (!(error instanceof InvalidOptionError)) throw error;
    const problem = error.message.replace(/^ganAugment: /, '');
    throw new InvalidOptionError(`${path}: ${problem}`, { cause: error });
  }
  return job;
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidOptionError(`${path} is no JSON: ${(cause as Error).message}`, { cause });
  }
}

/** The options of a job, and over them those of flags that were given, objects member by member. */
export function mergeOptions<Options extends object>(job: object, flags: Options): Options {
  const merged: Record<string, unknown> = { ...job };
  for (const [name, value] of Object.entries(flags)) {
    if (value === undefined) continue;
    const before = merged[name];
    merged[name] = isOptions(before) && isOptions(value) ? mergeOptions(before, value) : value;
  }
  return merged as Options;
}

function isOptions(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value that the flags or the job must give. @throws InvalidOptionError that names both. */
export function needed<Value>(value: Value | undefined, flag: string, name: string): Value {
  if (value !== undefined) return value;
  throw new InvalidOptionError(`${flag}. Give it, or '${name}' in the file of --config`);
}

/** The paths that the arguments name, or else the job. */
export function pathsOf(
  input: readonly string[],
  ofJob: string | readonly string[] | undefined,
): readonly string[] | undefined {
  if (input.length > 0) return input;
  return typeof ofJob === 'string' ? [ofJob] : ofJob;
}
