import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { DataError, FileError } from '../../errors.js';
import { assertRegularFile } from '../files/range-reader.js';

/** A clip: an animated file, or a folder of frames in the order of their names. */
export interface ClipFiles {
  /** The file, or the folder. */
  readonly path: string;
  /** Name of the sub-folder that it is in; undefined for a clip in the listed folder itself. */
  readonly label: string | undefined;
  /** Files of the frames; undefined for an animated file. */
  readonly frames: readonly string[] | undefined;
}

const animated = new Set(['.gif', '.webp']);
const still = new Set(['.png', '.jpg', '.jpeg']);
/** Films, which are refused rather than passed over. */
const unreadable = new Set(['.mp4', '.mov', '.avi', '.mkv', '.webm', '.mpg', '.mpeg', '.apng']);

/** Extensions of what can be nothing but a clip: WebP files and frames are images elsewhere. */
export const clipExtensions: ReadonlySet<string> = new Set(['.gif', ...unreadable]);

const deepest = 16;

/**
 * The clips of a folder and its sub-folders, in order of their paths: animated GIF and WebP files, and
 * folders of PNG or JPEG frames. Hidden files, and those of other kinds, are passed over.
 *
 * @throws FileError if the folder cannot be read, or nests too deep (a link to itself, say).
 * @throws DataError if it has no clips, or some in formats that are not read.
 */
export async function listClips(folder: string): Promise<ClipFiles[]> {
  const clips: ClipFiles[] = [];
  await visit(folder, []);
  if (clips.length > 0) return clips;
  throw new DataError(
    `folder has no clips: ${folder}. Clips are animated GIF or WebP files, or folders of PNG or ` +
      'JPEG frames',
  );

  async function visit(directory: string, parents: readonly string[]): Promise<void> {
    if (parents.length > deepest) {
      throw new FileError(`folder nests deeper than ${deepest}: ${directory}. Look for links`);
    }
    const entries = await entriesOf(directory);
    const frames: string[] = [];
    for (const { name, isFolder } of entries) {
      const path = join(directory, name);
      if (isFolder) {
        await visit(path, [...parents, name]);
        continue;
      }
      const extension = extname(name).toLowerCase();
      if (unreadable.has(extension)) {
        throw new DataError(
          `clip is in a format that is not read: ${path}. Convert it to animated WebP or GIF, or ` +
            'to a folder of PNG frames',
        );
      }
      if (!animated.has(extension) && !still.has(extension)) continue;
      await assertRegularFile(path);
      if (still.has(extension)) frames.push(path);
      else clips.push({ path, label: parents[0], frames: undefined });
    }
    // The folder of frames is the clip: its label is what it is in.
    if (frames.length > 0) {
      clips.push({ path: directory, label: parents.slice(0, -1)[0], frames });
    }
  }
}

/** What is not hidden in a folder, in order; a link is what it leads to. */
async function entriesOf(directory: string): Promise<{ name: string; isFolder: boolean }[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    const shown = entries.filter(({ name }) => !name.startsWith('.'));
    return shown
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
      .sort((a, b) => collator.compare(a.name, b.name));
  } catch (cause) {
    throw new FileError(
      `input cannot be read: ${directory} (${(cause as Error).message}). Check the path, and its ` +
        'permissions',
      { cause },
    );
  }
}

/** Frame 10 comes after frame 9. */
const collator = new Intl.Collator('en', { numeric: true });
