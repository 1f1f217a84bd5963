import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FileError, InvalidOptionError } from '../../errors.js';

/** Where the bytes of an output file go, one after the other. */
export interface ByteSink {
  /** Bytes written so far. */
  readonly position: number;
  write(bytes: Uint8Array): Promise<void>;
}

/**
 * Runs `produce` on a file that appears under `path` whole, or not at all.
 *
 * The bytes go to a hidden file in the same directory, which is synced to the disk and renamed
 * when `produce` is done, and removed when it fails.
 *
 * @throws FileError if the output cannot be written there; before `produce` runs, if that shows.
 */
export async function writeAtomically<T>(
  path: string,
  produce: (sink: ByteSink) => Promise<T>,
): Promise<T> {
  await assertWritable(path);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  const file = await attempt(path, () => open(temporary, 'wx'));
  try {
    const result = await produce(fileSink(path, file));
    await attempt(path, () => syncFile(file));
    await attempt(path, () => file.close());
    await attempt(path, () => rename(temporary, path));
    await syncDirectory(dirname(path));
    return result;
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** Writes a file of these bytes, which appears whole or not at all. */
export async function writeFileWhole(path: string, bytes: Uint8Array): Promise<void> {
  await writeAtomically(path, (sink) => sink.write(bytes));
}

/**
 * Raises if no output file can appear under `path`; call it before any work is done.
 *
 * @throws InvalidOptionError for what is no path; FileError if its directory does not exist, or
 * something other than a file is there.
 */
export async function assertWritable(path: string): Promise<void> {
  if (typeof path !== 'string' || path === '') {
    throw new InvalidOptionError(`the output must be the path of a file: ${String(path)}`);
  }
  const directory = dirname(path);
  const found = await stat(directory).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new FileError(
      `output directory does not exist: ${directory} (for ${path}). Create it first.`,
    );
  }
  const target = await stat(path).catch(() => undefined);
  // A rename over /dev/null or a pipe would replace it.
  if (target && !target.isFile()) {
    throw new FileError(`output is not a regular file: ${path}. Choose another path.`);
  }
}

function fileSink(path: string, file: FileHandle): ByteSink {
  let position = 0;
  return {
    get position() {
      return position;
    },
    async write(bytes) {
      // FileHandle.write may write less than all.
      for (let done = 0; done < bytes.byteLength; ) {
        const rest = bytes.byteLength - done;
        const { bytesWritten } = await attempt(path, () => file.write(bytes, done, rest));
        done += bytesWritten;
      }
      position += bytes.byteLength;
    },
  };
}

/** What `action` gives; its failure as an error about the output. @throws FileError */
export async function attempt<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new FileError(
      `output cannot be written: ${path} (${reason}). Check permissions and free space.`,
      { cause },
    );
  }
}

/** Yarn's Plug'n'Play gives file handles that cannot sync, and node --permission does not let them. */
async function syncFile(file: FileHandle): Promise<void> {
  try {
    await file.sync();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_ACCESS_DENIED' && message !== 'Method not implemented.') throw error;
  }
}

/** Makes what was created or renamed in a directory durable, where the platform can. */
export async function syncDirectory(directory: string): Promise<void> {
  // Makes the rename itself durable; not every platform can open a directory.
  const handle = await open(directory, 'r').catch(() => undefined);
  if (handle) await syncFile(handle).catch(() => {});
  await handle?.close();
}
