import { encodePng } from '../../data/images/png.js';
import { drawTriplets, shownRows } from '../../gan/families/translation/draw.js';
import type { EncodedImages } from './encoded-images.js';

/**
 * Draws some rows of images side by side, evenly chosen, as the address of a PNG that holds itself:
 * such as what went in, what was made of it, and the truth.
 */
export async function drawExamples(columns: readonly EncodedImages[]): Promise<string> {
  const [{ count }] = columns as readonly [EncodedImages];
  const rows = Math.min(shownRows, count);
  const picked = columns.map(({ encoder, values }) => {
    const size = values.length / count;
    const some = new Float32Array(rows * size);
    for (let row = 0; row < rows; row++) {
      const place = Math.floor((row * count) / rows);
      some.set(values.subarray(place * size, (place + 1) * size), row * size);
    }
    return { encoder, values: some };
  });
  const png = await encodePng(drawTriplets(picked, rows));
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}
