import { createHash } from 'node:crypto';
import { readBytes, writeBytes } from '../../data/files/whole-file.js';
import { type Checkpoint, packCheckpoint, unpackCheckpoint } from './checkpoint.js';

/** Where a training keeps its checkpoints, and what it goes on from. */
export interface Checkpoints {
  readonly checkpoint?: Checkpoint;
  readonly onCheckpoint?: (checkpoint: Checkpoint) => Promise<void>;
}

/**
 * Opens the file of a training's checkpoints, if it is to keep any.
 *
 * @param description Of the training: one with another cannot go on from them.
 * @throws FileError when the file cannot be written or read; ModelError when it is damaged, or of
 * another training.
 */
export async function openCheckpoints(
  { checkpoint: path, resume }: { checkpoint?: string | undefined; resume?: boolean | undefined },
  description: string,
): Promise<Checkpoints> {
  if (path === undefined) return {};
  const key = createHash('sha256').update(description).digest('hex');
  const bytes = resume ? await readBytes(path) : undefined;
  return {
    ...(bytes && { checkpoint: unpackCheckpoint(bytes, key, path) }),
    onCheckpoint: (checkpoint) => writeBytes(path, packCheckpoint(checkpoint, key)),
  };
}
