import {
  Dictionary,
  Field,
  Int32,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../../../src/data/tensor/make.js';
import { type TensorType, tensorField } from '../../../../src/data/tensor/type.js';
import { fitModel } from '../../../../src/gan/fit/fit.js';
import type { Model } from '../../../../src/gan/model/model.js';
import { createRandom } from '../../../../src/random.js';

/** Rows of images in colour, of numbers from 10 to 200, with a label in words and a note. */
export function imagesTable(
  rows: number,
  type: TensorType = { element: 'uint8', shape: [6, 5, 3] },
  { noteNullable = true } = {},
): RecordBatch {
  const random = createRandom(5);
  const size = type.shape.reduce((product, length) => product * length, 1);
  const image = tensorField('image', type);
  const pixels = Array.from({ length: rows * size }, () => 10 + random.integer(191));
  const values = type.element === 'uint8' ? Uint8Array.from(pixels) : Float32Array.from(pixels);
  const words = new Dictionary(new Utf8(), new Int32());
  const label = vectorFromArray(
    Array.from({ length: rows }, (_, row) => (row % 4 === 0 ? 'cat' : 'dog')),
    words,
  );
  const note = vectorFromArray(
    Array.from({ length: rows }, () => random.integer(1000)),
    new Int32(),
  );
  const schema = new Schema([
    image,
    new Field('label', label.type, false),
    new Field('note', note.type, noteNullable),
  ]);
  const data = [makeTensorColumn(image, values), label.data[0], note.data[0]];
  return makeBatch(schema as never, data as never, rows);
}

/** A model of such images that has hardly been trained. */
export function hastyImages(): Promise<Model> {
  const batch = imagesTable(12);
  return fitModel(batch.schema, [batch], {
    steps: 1,
    thread: 'caller',
    // Of twelve rows three are cats.
    privacy: false,
    target: 'label',
    recipe: { base: 'dcgan', widthMultiplier: 1 / 32, latent: 4, batch: 4 },
  });
}
