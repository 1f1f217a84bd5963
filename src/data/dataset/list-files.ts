import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { FileError, InvalidOptionError } from '../../errors.js';
import { describeValue } from '../../options/describe-value.js';
import { isWebAddress } from '../source/address.js';
import { type PartitionKey, parsePartitions } from './hive.js';
import { assertNoTable } from './table-formats.js';

/** A file of a dataset, and the partitions that it lies in, from the outermost. */
export interface DatasetFile {
  readonly path: string;
  readonly keys: readonly PartitionKey[];
}

/** A directory, a pattern such as `data/*.parquet`, a file, an address on the web; or some of them. */
export type DatasetSource = string | readonly string[];

/**
 * The files of a dataset. Those of a directory, with all directories in it, and of a pattern are
 * sorted by their paths; apart from that they come as they were given. What starts with '.' or '_'
 * is left out, as other programs do, unless it names a partition.
 *
 * Partitions are the directories `name=value` below a directory that is given, or below the fixed
 * part of a pattern; of a file that is given, those in its path.
 *
 * A file that links lead to by several ways is there once. Of tables with a log, such as those of
 * Delta Lake, only the log says which files count: these are refused.
 *
 * @throws FileError if there are none, or a directory cannot be read.
 * @throws FormatError for the directory of such a table.
 */
export async function listFiles(source: DatasetSource): Promise<DatasetFile[]> {
  assertPaths(source);
  const files: DatasetFile[] = [];
  for (const each of [source].flat()) files.push(...(await expand(each)));
  if (files.length > 0) return files;
  throw new FileError(`dataset is empty: no files were given. Give a directory or a pattern`);
}

function assertPaths(source: DatasetSource): void {
  const wrong = [source].flat().find((path) => typeof path !== 'string');
  if (wrong === undefined && source !== undefined) return;
  throw new InvalidOptionError(
    `a dataset must be a path or an array of paths: ${describeValue(wrong)}. Give a directory or a pattern`,
  );
}

/** Whether a source is more than one file: a list, a directory, or a pattern. */
export async function isDataset(source: DatasetSource): Promise<boolean> {
  if (typeof source !== 'string') return source.length !== 1 || isDataset(String(source[0]));
  const found = await stat(source).catch(() => undefined);
  return found ? found.isDirectory() : isPattern(source);
}

function isPattern(path: string): boolean {
  return !isWebAddress(path) && isDynamicPattern(path);
}

async function expand(path: string): Promise<DatasetFile[]> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return fromRoot(path, await listOnce(path, await listDirectory(path)));
  if (found || !isPattern(path)) return [{ path, keys: keysOf(path) }];
  const { root, pattern } = splitPattern(path);
  // A pattern may also match directories, and then means all that is in them.
  const cwd = root === '' ? '.' : root;
  const inside = await glob([pattern, `${pattern}/**`], { cwd, expandDirectories: false });
  return fromRoot(path, await listOnce(cwd, inside), root);
}

/** Without the files that come again because a link leads back to a directory; sorted. */
async function listOnce(root: string, inside: readonly string[]): Promise<string[]> {
  await assertNoTable(root);
  const seen = new Set<string>();
  const once: string[] = [];
  // The shortest path first: those through a link are longer.
  const sorted = [...inside].sort((a, b) => a.split('/').length - b.split('/').length);
  for (const name of sorted) {
    const real = await realpath(join(root, name)).catch(() => join(root, name));
    if (!seen.has(real)) once.push(name);
    seen.add(real);
  }
  return once.sort();
}

function fromRoot(path: string, inside: readonly string[], root = path): DatasetFile[] {
  const files = inside
    .filter((name) => name.split('/').every(isVisible))
    .sort()
    .map((name) => ({ path: join(root, name), keys: keysOf(name) }));
  if (files.length > 0) return files;
  throw new FileError(`dataset has no files: ${path}. Give a directory or a pattern that has some`);
}

/** Paths of all files below a directory, relative to it. Unlike a pattern it skips nothing. */
export async function listDirectory(
  root: string,
  inside = '',
  above: readonly string[] = [],
): Promise<string[]> {
  const directory = join(root, inside);
  const real = await realpath(directory).catch(() => directory);
  // A link that leads back up: what is there comes by itself.
  if (above.includes(real)) return [];
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause) => {
    throw new FileError(
      `directory cannot be read: ${directory} (${cause.message}). Check its permissions`,
      { cause },
    );
  });
  const paths: string[] = [];
  for (const entry of entries) {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (!isVisible(entry.name)) continue;
    if (await isDirectoryEntry(join(root, path), entry))
      paths.push(...(await listDirectory(root, path, [...above, real])));
    else paths.push(path);
  }
  return paths;
}

async function isDirectoryEntry(
  path: string,
  entry: { isDirectory(): boolean; isSymbolicLink(): boolean },
): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const target = await stat(path).catch((cause) => {
    throw new FileError(`link cannot be followed: ${path} (${cause.message}). Remove it`, {
      cause,
    });
  });
  return target.isDirectory();
}

function isVisible(name: string): boolean {
  return !name.startsWith('.') && (!name.startsWith('_') || name.includes('='));
}

/** The directories before the first with a wildcard, and what comes behind them. */
function splitPattern(path: string): { root: string; pattern: string } {
  const parts = slashes(path).split('/');
  const first = parts.findIndex((part) => /(?<!\\)[*?[\]{}()!+@|]/.test(part));
  const root = parts.slice(0, first).join('/').replaceAll(/\\(.)/g, '$1');
  const isAbsolute = first === 1 && parts[0] === '';
  return { root: isAbsolute ? '/' : root, pattern: parts.slice(first).join('/') };
}

function keysOf(path: string): PartitionKey[] {
  return parsePartitions(slashes(path).split('/').slice(0, -1));
}

function slashes(path: string): string {
  // Elsewhere a backslash makes a wildcard an ordinary character.
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
