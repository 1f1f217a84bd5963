import type { ImageShape } from '../../../encode/image/layout.js';

/** The dimensions of an image's shape by their names. */
export function imageDimensions([
  height = 0,
  width = 0,
  channels = 0,
]: readonly number[]): ImageShape {
  return { height, width, channels };
}
