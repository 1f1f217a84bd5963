import type { Field, RecordBatch, Vector } from 'apache-arrow';
import { pictureReader } from '../../src/encode/pictures/picture-reader.js';
import type { LabelledImages } from '../../src/evaluate/image/classifier.js';

/** Sounds of batches as log-mel pictures with their digits, in the range of `known`. */
export function createPictures(known: RecordBatch) {
  const place = known.schema.names.indexOf('sound');
  const reader = pictureReader(
    known.schema.fields[place] as Field,
    known.getChild('sound') as Vector,
  );
  const { height, width, channels } = reader.shape;
  const size = height * width * channels;
  return (batches: readonly RecordBatch[]): LabelledImages => {
    const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
    const pixels = new Float32Array(rows * size);
    const labels = new Int32Array(rows);
    let row = 0;
    for (const batch of batches) {
      const { fill } = reader.read(batch.getChild('sound') as Vector);
      const digits = batch.getChild('digit') as Vector;
      for (let k = 0; k < batch.numRows; k++, row++) {
        fill(k, pixels, row * size);
        labels[row] = Number(digits.get(k));
      }
    }
    return { shape: reader.shape, pixels, labels };
  };
}
