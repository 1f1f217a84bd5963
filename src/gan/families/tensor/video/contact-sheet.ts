import { imageGrid } from '../../../../data/images/grid.js';
import type { Image } from '../../../../data/images/image.js';
import { tensorsOf } from '../tensors-of.js';

/**
 * Draws clips as one image, the frames of each side by side.
 *
 * @param clips Numbers in [−1, 1], each [frames, height, width, channels].
 * @param columns How many clips are side by side.
 */
export function contactSheet(
  clips: readonly Float32Array[],
  shape: readonly number[],
  columns: number,
): Image {
  const [frames = 1, ...image] = shape;
  const size = shape.reduce((product, length) => product * length, 1);
  const values = new Float32Array(clips.length * size);
  for (const [row, clip] of clips.entries()) values.set(clip, row * size);
  return imageGrid(tensorsOf(values, image), { columns: frames * columns, gap: 1, range: [-1, 1] });
}
