import { open, stat } from 'node:fs/promises';
import { FileError, FormatError } from '../../errors.js';

/** Bytes that can be read in any order: of a file, of a web server, in memory. */
export interface RangeReader {
  /** Names the source in messages. */
  readonly name: string;
  /** Bytes in all. */
  readonly size: number;
  /** Bytes `start` up to, not including, `end`: all of them, or an error. */
  read(start: number, end: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Opens a file for reading by ranges.
 *
 * @throws FileError if it does not exist, is no regular file, or cannot be opened.
 */
export async function openFileRange(path: string): Promise<RangeReader> {
  await assertRegularFile(path);
  const handle = await open(path, 'r').catch((cause) => {
    throw cannotRead(path, cause);
  });
  const found = await handle.stat();
  return {
    name: path,
    size: found.size,
    async read(start, end) {
      assertInside(path, found.size, start, end);
      const bytes = new Uint8Array(end - start);
      for (let done = 0; done < bytes.length; ) {
        const step = await handle
          .read(bytes, done, bytes.length - done, start + done)
          .catch((cause) => {
            throw cannotRead(path, cause);
          });
        if (step.bytesRead === 0) {
          throw new FileError(`input shrank while it was read: ${path}. Read a file at rest.`);
        }
        done += step.bytesRead;
      }
      return bytes;
    },
    close: () => handle.close(),
  };
}

/**
 * Raises unless there is a regular file: to open a pipe waits for whoever writes to it, perhaps for
 * ever, and to open a device can do things.
 *
 * @throws FileError
 */
export async function assertRegularFile(path: string): Promise<void> {
  const found = await stat(path).catch((cause) => {
    throw cannotRead(path, cause);
  });
  if (found.isFile()) return;
  const remedy = found.isFIFO() ? "Pipe it in, as '-'" : 'Give the path of a file';
  throw new FileError(`input is not a regular file: ${path}. ${remedy}.`);
}

/**
 * Raises unless a source of `size` bytes has the bytes from `start` up to `end`.
 *
 * @throws FormatError
 */
export function assertInside(name: string, size: number, start: number, end: number): void {
  if (start >= 0 && end >= start && end <= size) return;
  throw new FormatError(
    `input ${name} refers to bytes it does not have: ${start} to ${end} of ${size}. It is cut short or damaged.`,
  );
}

/** The first bytes of a source, at most `count`. */
export function readHead(reader: RangeReader, count: number): Promise<Uint8Array> {
  return reader.read(0, Math.min(count, reader.size));
}

function cannotRead(path: string, cause: NodeJS.ErrnoException): FileError {
  if (cause.code === 'ENOENT') {
    const remedy = /^[a-z][a-z\d+.-]+:\/\//i.test(path)
      ? 'Of addresses, http: and https: are read; of other stores, give { byteLength, slice }.'
      : 'Check the path.';
    return new FileError(`input file does not exist: ${path}. ${remedy}`, { cause });
  }
  return new FileError(`input cannot be read: ${path} (${cause.message}). Check its permissions.`, {
    cause,
  });
}
