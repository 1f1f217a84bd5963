import type { RecordBatch } from 'apache-arrow';
import { DataError } from '../../errors.js';
import { readImageBatches } from '../images/read.js';
import { readSoundBatches } from '../sounds/read.js';
import { readVideoBatches } from '../videos/read.js';
import { detectMedia, type MediaKind } from './detect.js';

const readers = {
  images: readImageBatches,
  sounds: readSoundBatches,
  clips: readVideoBatches,
} satisfies Record<MediaKind, unknown>;

/**
 * The batches of a folder of images, sounds or clips; undefined for other sources.
 *
 * @throws DataError for a folder of several kinds, and for one of several sources.
 */
export async function openMedia(
  sources: readonly string[],
  signal?: AbortSignal,
): Promise<AsyncGenerator<RecordBatch, void, undefined> | undefined> {
  for (const source of sources) {
    const kind = await detectMedia(source);
    if (kind && sources.length > 1) {
      throw new DataError(
        `folder of ${kind} cannot be read together with other input: ${source}. Give it alone; ` +
          'sub-folders are labels',
      );
    }
    if (kind) return readers[kind](source, { signal });
  }
  return undefined;
}
