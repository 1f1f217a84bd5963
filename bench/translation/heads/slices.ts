import type { RecordBatch } from 'apache-arrow';
import { Schema } from 'apache-arrow';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { readNiftiBatches } from '../../../src/data/nifti/read.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import type { HeadFiles } from './volumes.js';

/** Height and width of the slices: 3 mm a pixel. */
export const shape = { height: 80, width: 64 } as const;
export const pixels = shape.height * shape.width;
const step = 3;

/** Slices of a head, one after the other, and the labels of their pixels. */
export interface Slices {
  readonly count: number;
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

const field = (name: string) =>
  tensorField(name, { element: 'uint8', shape: [shape.height, shape.width, 1] });
const [imageField, labelField] = [field('slice'), field('labels')];
const schema = new Schema([labelField, imageField]);

/** Axial slices of a head of which a tenth is brain. */
export async function readSlices({ volume, labels }: HeadFiles): Promise<Slices> {
  const [images, maps]: Uint8Array[][] = [[], []];
  for await (const batch of readNiftiBatches(volume, { labels, filled: 0.1 })) {
    const [slices, own] = [readTensors(batch, 'slice'), readTensors(batch, 'labels')];
    const [height = 0, width = 0] = slices.shape;
    for (let row = 0; row < batch.numRows; row++) {
      images?.push(shrink(slices.at(row) as Uint8Array, { height, width }, meanOf));
      maps?.push(shrink(own.at(row) as Uint8Array, { height, width }, mostOf));
    }
  }
  return joinSlices(images ?? [], maps ?? []);
}

/** Slices that lie in arrays of their own as one. */
export function joinSlices(images: readonly Uint8Array[], labels: readonly Uint8Array[]): Slices {
  const join = (all: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(all));
  return { count: images.length, images: join(images), labels: join(labels) };
}

/** One slice of 3 × 3 pixels each, the middle of the old one in the middle. */
function shrink(
  slice: Uint8Array,
  { height, width }: { readonly height: number; readonly width: number },
  join: (block: readonly number[]) => number,
): Uint8Array {
  const [top, left] = [(height - step * shape.height) >> 1, (width - step * shape.width) >> 1];
  return Uint8Array.from({ length: pixels }, (_, k) => {
    const [y, x] = [Math.floor(k / shape.width) * step + top, (k % shape.width) * step + left];
    const block = Array.from({ length: step * step }, (_, at) => {
      const [row, column] = [y + Math.floor(at / step), x + (at % step)];
      const isInside = row >= 0 && row < height && column >= 0 && column < width;
      return isInside ? (slice[row * width + column] as number) : 0;
    });
    return join(block);
  });
}

const meanOf = (block: readonly number[]) =>
  Math.round(block.reduce((sum, value) => sum + value, 0) / block.length);

function mostOf(block: readonly number[]): number {
  const counts = [0, 0, 0, 0];
  for (const label of block) counts[label] = (counts[label] as number) + 1;
  return counts.indexOf(Math.max(...counts));
}

/** Slices as rows: `labels` and `slice`. */
export function slicesBatch({ count, images, labels }: Slices): RecordBatch {
  const columns = [makeTensorColumn(labelField, labels), makeTensorColumn(imageField, images)];
  return makeBatch(schema, columns, count);
}

/** Rows as slices again. */
export function slicesOf(batches: readonly RecordBatch[]): Slices {
  const read = (name: string) =>
    batches.flatMap((batch) => {
      const tensors = readTensors(batch, name);
      return Array.from({ length: tensors.rows }, (_, row) => tensors.at(row) as Uint8Array);
    });
  return joinSlices(read('slice'), read('labels'));
}

/** Slices of both, one after the other. */
export function bothSlices(a: Slices, b: Slices): Slices {
  const join = (name: 'images' | 'labels') => Uint8Array.from(Buffer.concat([a[name], b[name]]));
  return { count: a.count + b.count, images: join('images'), labels: join('labels') };
}
