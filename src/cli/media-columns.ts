import { detectMedia, type MediaKind } from '../data/media/detect.js';
import { type Console, say } from './console.js';

const columns: Readonly<Record<MediaKind, string>> = {
  images: 'image',
  sounds: 'sound',
  clips: 'clip',
};

/**
 * The columns to train on of a folder of media: without a target its labels are left out, which is
 * said. Undefined, for all, of other input.
 */
export async function mediaColumns(
  [path = '-']: readonly string[],
  target: string | undefined,
  console: Console,
): Promise<readonly string[] | undefined> {
  const kind = target === undefined ? await detectMedia(path) : undefined;
  if (!kind) return undefined;
  say(
    console,
    `${path}: training on the ${kind} alone; where sub-folders are labels, --target label ` +
      'conditions on them',
  );
  return [columns[kind]];
}
