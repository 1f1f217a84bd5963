import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { DataError, FileError } from '../../errors.js';

/** An image file, and the sub-folder that it is in. */
export interface ImageFile {
  readonly path: string;
  /** Name of the sub-folder; undefined for a file in the folder itself. */
  readonly label: string | undefined;
}

const readable = new Set(['.png', '.jpg', '.jpeg']);
const unreadable = new Set(
  '.webp .gif .bmp .tif .tiff .avif .heic .jp2 .jxl .svg .ico .tga .ppm .pgm'.split(' '),
);
const deepest = 16;

/**
 * The PNG and JPEG files of a folder and its sub-folders, in order of their paths. Files below a
 * sub-folder belong to it, however deep. Hidden files, and files that are no images, are passed over.
 *
 * @throws FileError if the folder cannot be read, or nests too deep (a link to itself, say).
 * @throws DataError if it has no images, or images in formats that are not read.
 */
export async function listImages(folder: string): Promise<ImageFile[]> {
  const files: ImageFile[] = [];
  await visit(folder, undefined, 0);
  if (files.length === 0) {
    throw new DataError(`folder has no PNG or JPEG files: ${folder}. Check the path`);
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
      if (unreadable.has(extension)) {
        throw new DataError(`image is in a format that is not read: ${path}. Convert it to PNG`);
      }
      const found = await stat(path).catch((cause) => {
        throw cannotRead(path, cause);
      });
      if (found.isDirectory()) await visit(path, label ?? name, depth + 1);
      else if (readable.has(extension)) files.push({ path, label });
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
