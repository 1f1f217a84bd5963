import type { Program } from '../../compute/program.js';
import type { SeenImages } from './seen-images.js';

/** Images that are looked at at once: what programs that `lookAt` runs take. */
export const lookBatch = 64;

/** What a program with an input `images` gives of each image as one of its outputs, [count, width]. */
export async function lookAt(
  program: Program,
  { shape, count, fill }: SeenImages,
  output: string,
  width: number,
): Promise<Float32Array> {
  const size = shape.height * shape.width * shape.channels;
  const values = new Float32Array(count * width);
  const images = new Float32Array(lookBatch * size);
  for (let start = 0; start < count; start += lookBatch) {
    const rows = Math.min(lookBatch, count - start);
    for (let row = 0; row < rows; row++) fill(start + row, images, row * size);
    const given = (await program.run({ images }))[output]?.values as Float32Array;
    values.set(given.subarray(0, rows * width), start * width);
  }
  return values;
}
