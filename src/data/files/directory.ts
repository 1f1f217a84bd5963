import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FileError } from '../../errors.js';

/** Says whether a directory with these entries may be replaced. */
export type MayReplace = (
  names: readonly string[],
  read: (name: string) => Promise<Uint8Array>,
) => Promise<boolean>;

/**
 * Writes a directory that appears whole, or not at all.
 *
 * @param files Contents by plain file name.
 * @param mayReplace Asked about a directory that is there and not empty; anything else is refused.
 * @throws FileError if something else is there, or the directory cannot be written.
 */
export async function writeDirectory(
  path: string,
  files: Readonly<Record<string, Uint8Array>>,
  mayReplace: MayReplace,
): Promise<void> {
  const target = resolve(path);
  const present = await assertDirectoryWritable(path, mayReplace);
  const stem = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  const [fresh, old] = [`${stem}.tmp`, `${stem}.old`];
  try {
    await mkdir(fresh);
    for (const [name, bytes] of Object.entries(files)) await writeSynced(join(fresh, name), bytes);
    if (present) await rename(target, old);
    await rename(fresh, target).catch(async (error) => {
      if (present) await rename(old, target);
      throw error;
    });
  } catch (cause) {
    await rm(fresh, { recursive: true, force: true });
    throw new FileError(
      `directory cannot be written: ${path} (${(cause as Error).message}). Check permissions and free space.`,
      { cause },
    );
  }
  await rm(old, { recursive: true, force: true });
}

/**
 * Raises if `writeDirectory` would refuse; call it before any work is done.
 *
 * @returns Whether a directory is there that will be replaced.
 */
export async function assertDirectoryWritable(
  path: string,
  mayReplace: MayReplace,
): Promise<boolean> {
  const parent = dirname(resolve(path));
  if (!(await isDirectory(parent))) {
    throw new FileError(
      `output directory does not exist: ${parent} (for ${path}). Create it first.`,
    );
  }
  const found = await lstat(path).catch(() => undefined);
  if (!found) return false;
  const names = found.isDirectory() ? await readdir(path) : undefined;
  const read = (name: string) => readDirectoryFile(path, name);
  if (!names || (names.length > 0 && !(await mayReplace(names, read)))) {
    throw new FileError(
      `output exists and is something else: ${path}. Choose another path, or remove it.`,
    );
  }
  return true;
}

/**
 * Bytes of a file in a directory.
 *
 * @param most Bytes that it may have. Default: no bound.
 * @throws FileError if it is missing, has more bytes, or is a link: a link could lead out of the directory.
 */
export async function readDirectoryFile(
  directory: string,
  name: string,
  most: number = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const path = join(directory, name);
  const found = await lstat(path).catch((cause: Error) => {
    throw new FileError(`file is missing: ${path}. Check that the directory is whole`, { cause });
  });
  if (!found.isFile())
    throw new FileError(`not a regular file: ${path}. Copy the file itself, not a link`);
  if (found.size > most) {
    throw new FileError(
      `file is too large: ${path} has ${found.size} bytes, and may have ${most}. If you trust the model, ` +
        'sign it and load it with its key',
    );
  }
  return readFile(path);
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Whether a directory is at `path`. */
export async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/**
 * Makes a directory, and those above it, unless it is there.
 *
 * @throws FileError if it cannot be made.
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new FileError(
      `directory cannot be made: ${path} (${(cause as Error).message}). Name another`,
      { cause },
    );
  }
}
