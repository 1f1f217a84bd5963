import { writeFile } from 'node:fs/promises';
import { imageGrid } from '../../../src/data/images/grid.js';
import { encodePng } from '../../../src/data/images/png.js';
import { pixels, type Slices, shape } from './slices.js';

/** Slices that are drawn. */
const rows = 6;
/** Greys of the labels. */
const greys = [0, 85, 170, 255] as const;

/** Draws labels, the real slice, and what each maker makes of the labels: a column each. */
export async function drawHeads(
  path: string,
  real: Slices,
  made: readonly Slices[],
): Promise<void> {
  const labels = real.labels.map((label) => greys[label] ?? 0);
  const columns = [labels, real.images, ...made.map(({ images }) => images)];
  const count = rows * columns.length;
  const values = new Uint8Array(count * pixels);
  for (let row = 0; row < rows; row++) {
    const place = Math.floor(((row + 0.5) * real.count) / rows);
    for (const [column, images] of columns.entries()) {
      const slice = images.subarray(place * pixels, (place + 1) * pixels);
      values.set(slice, (row * columns.length + column) * pixels);
    }
  }
  const at = (index: number) => values.subarray(index * pixels, (index + 1) * pixels);
  const tensors = {
    element: 'uint8' as const,
    shape: [shape.height, shape.width],
    rows: count,
    values,
    isNull: () => false,
    at,
    logicalAt: at,
  };
  await writeFile(path, await encodePng(imageGrid(tensors, { columns: columns.length })));
}
