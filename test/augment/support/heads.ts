import { type Data, Field, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import { createRandom } from '../../../src/random.js';

/** Height and width of the slices. */
export const headSide = 12;

const labels = tensorField('labels', { element: 'uint8', shape: [headSide, headSide, 1] });
const slice = tensorField('slice', { element: 'int16', shape: [headSide, headSide, 1] });

/** What is drawn of each label: its mean, how far that moves between slices, and noise within one. */
export const tissues = [
  { mean: 0, spread: 0, noise: 0 },
  { mean: 300, spread: 60, noise: 20 },
  { mean: 800, spread: 30, noise: 40 },
] as const;

/** Slices of heads, and their labels: 0 around it, 1 and within that 2. */
export const headSchema = new Schema([new Field('patient', new Utf8(), false), labels, slice]);

/** Heads of several sizes, in 16-bit numbers. */
export function headRows(count: number, seed: number): RecordBatch {
  const random = createRandom(seed).fork('heads');
  const pixels = headSide * headSide;
  const maps = new Uint8Array(count * pixels);
  const images = new Int16Array(count * pixels);
  const normal = () => random.fillNormal(new Float32Array(1))[0] as number;
  for (let row = 0; row < count; row++) {
    const radius = 4 + random.uniform();
    const means = tissues.map(({ mean, spread }) => mean + spread * normal());
    for (let k = 0; k < pixels; k++) {
      const [y, x] = [Math.floor(k / headSide) - headSide / 2, (k % headSide) - headSide / 2];
      const far = Math.hypot(x, y) / radius;
      const label = Number(far < 1) + Number(far < 0.6);
      maps[row * pixels + k] = label;
      images[row * pixels + k] = Math.max(
        0,
        (means[label] as number) + (tissues[label]?.noise ?? 0) * normal(),
      );
    }
  }
  const names = Array.from({ length: count }, (_, row) => `patient ${row}`);
  const columns = [
    vectorFromArray(names, new Utf8()).data[0] as Data,
    makeTensorColumn(labels, maps),
    makeTensorColumn(slice, images),
  ];
  return makeBatch(headSchema, columns, count);
}
