import { type Data, Field, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import type { FitOptions } from '../../../src/gan/fit/options.js';
import type { Model } from '../../../src/gan/model/model.js';
import { createRandom } from '../../../src/random.js';

/** Height and width of the images. */
export const side = 8;
const image = tensorField('image', { element: 'uint8', shape: [side, side, 1] });
/** An image, the scanner that it is from, and a patient. */
export const scansSchema = new Schema([
  new Field('scanner', new Utf8(), true),
  new Field('patient', new Utf8(), false),
  image,
]);

/** Squares on dark ground from scanner A, and of others on brighter ground from B. */
export function scans(scanners: readonly (string | null)[]): RecordBatch {
  const random = createRandom('scans');
  const pixels = new Uint8Array(scanners.length * side * side);
  for (const [row, scanner] of scanners.entries()) {
    const [top, left] = [random.integer(side - 3), random.integer(side - 3)];
    for (let k = 0; k < side * side; k++) {
      const [y, x] = [Math.floor(k / side) - top, (k % side) - left];
      const isInside = y >= 0 && y < 3 && x >= 0 && x < 3;
      pixels[row * side * side + k] = (isInside ? 100 : 10) + (scanner === 'B' ? 120 : 0);
    }
  }
  const text = (values: readonly (string | null)[]) =>
    vectorFromArray([...values], new Utf8()).data[0] as Data;
  const columns = [
    text(scanners),
    text(scanners.map((_, row) => `patient ${row}`)),
    makeTensorColumn(image, pixels),
  ];
  return makeBatch(scansSchema, columns, scanners.length);
}

/** Forty scans, from each scanner in turn. */
export const bothScanners = scans(
  Array.from({ length: 40 }, (_, row) => (row % 2 === 0 ? 'A' : 'B')),
);

/** Networks small enough to be trained in a test. */
const small = { filters: 2, criticFilters: 2, patch: 16, blocks: 1 } as const;
export const smallCycle = { base: 'cyclegan', ...small, history: 4 } as const;
export const smallCut = { base: 'cut', ...small, places: 8 } as const;
export const toScannerB = { column: 'image', domain: 'scanner', to: 'B' } as const;

/** A model that was hardly trained: scans of scanner A as those of B. */
export function hastyDomainModel(options: FitOptions = {}): Promise<Model> {
  return fitModel(scansSchema, [bothScanners], {
    recipe: smallCycle,
    translate: toScannerB,
    steps: 3,
    thread: 'caller',
    ...options,
  });
}
