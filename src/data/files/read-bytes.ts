import { readFile } from 'node:fs/promises';
import { FileError } from '../../errors.js';

/**
 * The bytes of a small file.
 *
 * @param what names it in messages.
 * @throws FileError if it cannot be read.
 */
export async function readBytes(path: string, what: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: Error) => {
    throw new FileError(`${what} cannot be read: ${path} (${cause.message}). Check the path`, {
      cause,
    });
  });
}
