import { open, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { DataError } from '../../errors.js';
import { listDirectory } from '../dataset/list-files.js';
import { isDataPath } from '../formats.js';
import { imageExtensions } from '../images/list.js';
import { soundExtensions } from '../sounds/list.js';
import { clipExtensions } from '../videos/list.js';

/** What a folder of media holds. */
export type MediaKind = 'images' | 'sounds' | 'clips';

type Content = MediaKind | 'frames' | 'tables';

/** Stills that are frames of a clip, by their names: other numbered images are examples of a class. */
const frameName = /^frame[-_ ]?\d+\./i;

/**
 * What a folder holds, by the extensions of its files: images, sounds or clips. Clips are animated GIF
 * and WebP files, and folders of stills that are called `frame` and a number. Files of other kinds,
 * such as README.txt, do not count.
 *
 * @returns undefined for no folder, and for one without media.
 * @throws DataError if it holds several kinds, or data files besides media.
 */
export async function detectMedia(path: string): Promise<MediaKind | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return undefined;
  const examples = await examplesOf(path, await listDirectory(path));
  const hasClips = examples.has('clips');
  // Beside animations, folders of frames are clips too.
  if (hasClips) examples.delete('frames');
  const [first, second] = [...examples];
  if (first && second) {
    throw new DataError(
      `folder holds ${first[0]} (${first[1]}) and ${second[0]} (${second[1]}): ${path}. Keep each ` +
        'kind in a folder of its own',
    );
  }
  if (!first || first[0] === 'tables') return undefined;
  return first[0] === 'frames' ? 'clips' : first[0];
}

/** The first file of each kind. */
async function examplesOf(folder: string, files: readonly string[]): Promise<Map<Content, string>> {
  const examples = new Map<Content, string>();
  let webp: Content | undefined;
  for (const file of files) {
    if (extname(file).toLowerCase() === '.webp') webp ??= await kindOfWebp(join(folder, file));
    const kind = kindOf(file, webp);
    if (kind && !examples.has(kind)) examples.set(kind, file);
  }
  return examples;
}

/** @param webp What WebP files are: the first one says it, and readers refuse the others. */
function kindOf(file: string, webp: Content | undefined): Content | undefined {
  const extension = extname(file).toLowerCase();
  if (isDataPath(file)) return 'tables';
  if (extension === '.webp') return webp;
  if (soundExtensions.has(extension)) return 'sounds';
  if (clipExtensions.has(extension)) return 'clips';
  if (!imageExtensions.has(extension)) return undefined;
  return frameName.test(basename(file)) && file.includes('/') ? 'frames' : 'images';
}

/** An animation has a bit of its own in the header. */
async function kindOfWebp(path: string): Promise<Content> {
  const head = new Uint8Array(21);
  const file = await open(path);
  try {
    await file.read(head, 0, head.length, 0);
  } finally {
    await file.close();
  }
  const isExtended = String.fromCharCode(...head.subarray(12, 16)) === 'VP8X';
  return isExtended && ((head[20] as number) & 2) !== 0 ? 'clips' : 'images';
}
