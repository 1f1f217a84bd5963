import {
  type Data,
  Field,
  Int32,
  makeData,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { sliceBatch } from '../../../src/data/batches/interleave.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import type { FitOptions } from '../../../src/gan/fit/options.js';
import type { Model } from '../../../src/gan/model/model.js';

/** Height and width of the images. */
export const side = 8;
const pixels = side * side;

const labels = tensorField('labels', { element: 'uint8', shape: [side, side], nullable: true });
const slice = tensorField('slice', { element: 'int16', shape: [side, side, 2] });

/** Maps of three labels, and two-channel images of these, among other columns. */
export const pairSchema = new Schema([
  new Field('id', new Int32(), false),
  slice,
  new Field('name', new Utf8(), true),
  labels,
]);

/** Rows numbered from 0; those of `without` have no labels. */
export function pairRows(count: number, without: ReadonlySet<number> = new Set()): RecordBatch {
  const numbers = Int32Array.from({ length: count }, (_, row) => row);
  const images = new Int16Array(count * pixels * 2);
  const maps = Array.from(numbers, (row) => {
    const map = Uint8Array.from({ length: pixels }, (_, k) => (Math.floor(k / side) + row) % 3);
    for (const [k, label] of map.entries()) {
      images[(row * pixels + k) * 2] = 1000 * label;
      images[(row * pixels + k) * 2 + 1] = -label;
    }
    return without.has(row) ? null : map;
  });
  const names = Array.from(numbers, (row) => (row % 4 === 3 ? null : `row ${row % 5}`));
  const columns: Data[] = [
    makeData({ type: new Int32(), length: count, nullCount: 0, data: numbers }),
    makeTensorColumn(slice, images),
    vectorFromArray(names, new Utf8()).data[0] ?? makeData({ type: new Utf8(), length: 0 }),
    makeTensorColumn(labels, maps),
  ];
  return makeBatch(pairSchema, columns, count);
}

/** The same rows in batches of these sizes; the last one has the rest. */
export function cutInto(rows: RecordBatch, sizes: readonly number[]): RecordBatch[] {
  const batches: RecordBatch[] = [];
  let start = 0;
  for (const size of [...sizes, rows.numRows]) {
    batches.push(sliceBatch(rows, start, start + size));
    start = Math.min(start + size, rows.numRows);
  }
  return batches;
}

/** Networks small enough to be trained in a test. */
export const smallPix2pix = {
  base: 'pix2pix',
  filters: 2,
  criticFilters: 2,
  patch: 16,
  levels: 2,
  batch: 2,
} as const;

/** A model that was hardly trained: slices from labels. */
export function hastyPairModel(options: FitOptions = {}): Promise<Model> {
  return fitModel(pairSchema, [pairRows(24)], {
    recipe: smallPix2pix,
    translate: { from: 'labels', to: 'slice' },
    steps: 3,
    thread: 'caller',
    ...options,
  });
}
