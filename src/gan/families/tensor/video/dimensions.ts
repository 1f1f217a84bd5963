import type { VideoShape } from '../../../../encode/video/layout.js';

/** The dimensions of a video's shape by their names. */
export function videoDimensions([
  frames = 0,
  height = 0,
  width = 0,
  channels = 0,
]: readonly number[]): VideoShape {
  return { frames, height, width, channels };
}
