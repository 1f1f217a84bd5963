import { DataError } from '../../errors.js';
import type { Clip } from './clip.js';

/** Which frames of a clip are taken. */
export interface FramesWanted {
  readonly frames: number;
  /** Default: 1. */
  readonly every?: number | undefined;
  /** Default: 'refuse'. */
  readonly short?: 'refuse' | 'hold' | 'loop' | undefined;
}

/**
 * The first frames of a clip, or of every n-th ones.
 *
 * @param path names the clip in messages.
 * @throws DataError for a clip that is too short, and is to be refused.
 */
export function takeFrames(
  clip: Clip,
  path: string,
  { frames, every = 1, short = 'refuse' }: FramesWanted,
): Clip {
  const there = Math.ceil(clip.frames / every);
  if (there < frames && short === 'refuse') {
    throw new DataError(
      `clip is too short: ${path} (${there} frames, ${frames} wanted). Say frames: ${there}, or ` +
        "short: 'hold' or 'loop'",
    );
  }
  const size = clip.pixels.length / clip.frames;
  const pixels = new Uint8Array(frames * size);
  for (let frame = 0; frame < frames; frame++) {
    const from = short === 'loop' ? frame % there : Math.min(frame, there - 1);
    const start = from * every * size;
    pixels.set(clip.pixels.subarray(start, start + size), frame * size);
  }
  return { ...clip, frames, pixels };
}
