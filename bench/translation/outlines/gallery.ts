import { writeFile } from 'node:fs/promises';
import { imageGrid } from '../../../src/data/images/grid.js';
import { encodePng } from '../../../src/data/images/png.js';
import { copyOutlines } from './compare.js';
import { type Emoji, side } from './emoji.js';

/** Triplets side by side, and rows of them. */
const [across, down] = [4, 6] as const;

/** Draws test emoji, evenly chosen: outline, what was made of it, the truth; four times in a row. */
export async function drawGallery(path: string, test: Emoji, made: Uint8Array): Promise<void> {
  const size = side * side * 3;
  const outlines = copyOutlines(test);
  const count = Math.min(across * down, test.names.length);
  const values = new Uint8Array(count * 3 * size);
  for (let k = 0; k < count; k++) {
    const place = Math.floor((k * test.names.length) / count);
    for (const [column, images] of [outlines, made, test.colors].entries()) {
      values.set(images.subarray(place * size, (place + 1) * size), (3 * k + column) * size);
    }
  }
  const at = (index: number) => values.subarray(index * size, (index + 1) * size);
  const tensors = {
    element: 'uint8' as const,
    shape: [side, side, 3],
    rows: 3 * count,
    values,
    isNull: () => false,
    at,
    logicalAt: at,
  };
  await writeFile(path, await encodePng(imageGrid(tensors, { columns: 3 * across })));
}
