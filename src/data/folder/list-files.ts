import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { DataError, FileError } from '../../errors.js';
import { assertRegularFile } from '../files/range-reader.js';

/** A file, and the sub-folder of the listed folder that it is in. */
export interface LabelledFile {
  readonly path: string;
  /** Name of the sub-folder; undefined for a file in the folder itself. */
  readonly label: string | undefined;
}

/** Which files are listed. */
export interface FilesWanted {
  /** What they are, for messages: 'image'. */
  readonly what: string;
  /** Extensions of files that are listed, such as '.png'. */
  readonly readable: ReadonlySet<string>;
  /** Extensions of files of the kind that are not read: they are refused. */
  readonly unreadable: ReadonlySet<string>;
  /** Names of what is read, for messages. */
  readonly formats: string;
  /** What to convert others to. */
  readonly convertTo: string;
}

const deepest = 16;

/**
 * The files of a kind in a folder and its sub-folders, in order of their paths. Files below a
 * sub-folder belong to it, however deep. Hidden files, and those of other kinds, are passed over.
 *
 * @throws FileError if the folder cannot be read, or nests too deep (a link to itself, say).
 * @throws DataError if it has no such files, or some in formats that are not read.
 */
export async function listFiles(folder: string, wanted: FilesWanted): Promise<LabelledFile[]> {
  const files: LabelledFile[] = [];
  await visit(folder, undefined, 0);
  if (files.length === 0) {
    throw new DataError(`folder has no ${wanted.formats} files: ${folder}. Check the path`);
  }
  return files;

  async function visit(directory: string, label: string | undefined, depth: number) {
    if (depth > deepest) {
      throw new FileError(`folder nests deeper than ${deepest}: ${directory}. Look for links`);
    }
    for (const name of (await namesIn(directory)).sort()) {
      if (name.startsWith('.')) continue;
      const path = join(directory, name);
      const extension = extname(name).toLowerCase();
      if (wanted.unreadable.has(extension)) {
        throw new DataError(
          `${wanted.what} is in a format that is not read: ${path}. Convert it to ${wanted.convertTo}`,
        );
      }
      const found = await stat(path).catch((cause) => {
        throw cannotRead(path, cause);
      });
      if (found.isDirectory()) await visit(path, label ?? name, depth + 1);
      else if (wanted.readable.has(extension)) {
        await assertRegularFile(path);
        files.push({ path, label });
      }
    }
  }
}

function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch((cause) => {
    throw cannotRead(directory, cause);
  });
}

function cannotRead(path: string, cause: Error): FileError {
  return new FileError(
    `input cannot be read: ${path} (${cause.message}). Check the path, and its permissions`,
    { cause },
  );
}
