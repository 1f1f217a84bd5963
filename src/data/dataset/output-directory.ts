import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InvalidOptionError } from '../../errors.js';
import { attempt, type ByteSink, syncDirectory } from '../files/atomic.js';
import { assertDirectoryWritable } from '../files/directory.js';

/** A directory that is being written. */
export interface OutputDirectory {
  /**
   * A file in a directory below, '' for none, which is made if need be. It is open only while bytes
   * are written: there may be more of them than a process may have open.
   */
  createFile(directory: string, name: string): Promise<ByteSink>;
}

/**
 * Runs `produce` on a directory that appears under `path` whole, or not at all.
 *
 * The files go to a hidden directory beside it, which is synced to the disk and renamed when
 * `produce` is done, and removed when it fails.
 *
 * @throws FileError if something is there, other than an empty directory, before `produce` runs; or
 *   if the output cannot be written.
 */
export async function writeDirectoryAtomically<T>(
  path: string,
  produce: (output: OutputDirectory) => Promise<T>,
): Promise<T> {
  if (typeof path !== 'string' || path === '') {
    throw new InvalidOptionError(`the output must be the path of a directory: ${String(path)}`);
  }
  const target = resolve(path);
  const present = await assertDirectoryWritable(path, async () => false);
  const random = randomBytes(6).toString('hex');
  const temporary = join(dirname(target), `.${basename(target)}.${random}.tmp`);
  await attempt(path, () => mkdir(temporary));
  const files = new Set<string>();
  try {
    const result = await produce({
      async createFile(directory, name) {
        await attempt(path, () => mkdir(join(temporary, directory), { recursive: true }));
        files.add(join(temporary, directory, name));
        return appendSink(path, join(temporary, directory, name));
      },
    });
    await attempt(path, () => syncAll(temporary, files));
    // Not every platform renames onto a directory, even if it is empty.
    if (present) await attempt(path, () => rmdir(target));
    await attempt(path, () => rename(temporary, target));
    await syncDirectory(dirname(target));
    return result;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => {});
    throw error;
  }
}

function appendSink(output: string, path: string): ByteSink {
  let position = 0;
  return {
    get position() {
      return position;
    },
    async write(bytes) {
      // Where 'a' and 'A' are one name, two partitions must not become one file.
      const flag = position === 0 ? 'ax' : 'a';
      await attempt(output, () => appendFile(path, bytes, { flag }));
      position += bytes.byteLength;
    },
  };
}

async function syncAll(root: string, files: ReadonlySet<string>): Promise<void> {
  const directories = new Set([root]);
  for (const path of files) {
    const file = await open(path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    for (let at = dirname(path); !directories.has(at); at = dirname(at)) directories.add(at);
  }
  for (const directory of directories) await syncDirectory(directory);
}
