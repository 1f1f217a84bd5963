import { relative } from 'node:path';
import { DataError } from '../../errors.js';
import { type LabelledFile, listFiles } from '../folder/list-files.js';

const readable = new Set(['.wav', '.wave']);
const unreadable = new Set(
  '.flac .mp3 .ogg .oga .opus .m4a .aac .aif .aiff .aifc .au .wma .caf .rf64 .w64'.split(' '),
);

/** Extensions of sounds, whether they are read or refused. */
export const soundExtensions: ReadonlySet<string> = new Set([...readable, ...unreadable]);

/**
 * The WAV files of a folder and its sub-folders, in order of their paths, labelled by `label`, or by
 * their sub-folder.
 *
 * @throws FileError if the folder cannot be read, or nests too deep (a link to itself, say).
 * @throws DataError if it has no sounds, sounds in formats that are not read, or one whose path does
 * not say its label.
 */
export async function listSounds(folder: string, label?: RegExp): Promise<LabelledFile[]> {
  const files = await listFiles(folder, {
    what: 'sound',
    readable,
    unreadable,
    formats: 'WAV',
    convertTo: 'WAV',
  });
  if (!label) return files;
  return files.map(({ path }) => {
    const inside = relative(folder, path).replaceAll('\\', '/');
    const match = inside.match(new RegExp(label.source, label.flags.replaceAll(/[gy]/g, '')));
    if (!match) {
      throw new DataError(
        `sound has no label: ${path} does not match ${label}. Mend option 'label'`,
      );
    }
    return { path, label: match[1] ?? match[0] };
  });
}
