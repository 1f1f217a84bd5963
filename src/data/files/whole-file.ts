import { readFile } from 'node:fs/promises';
import { FileError } from '../../errors.js';
import { writeAtomically } from './atomic.js';

/** The bytes of a file; undefined if there is none. */
export async function readBytes(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new FileError(`file cannot be read: ${path} (${(cause as Error).message})`, { cause });
  }
}

/** Writes a file that appears whole or not at all. */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  await writeAtomically(path, (sink) => sink.write(bytes));
}
