import {
  Dictionary,
  Field,
  Int32,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import { createRandom } from '../../../src/random.js';

export interface StripesOptions {
  /** Kinds of images: each has another bright row. Default 3. */
  readonly classes?: number;
  /** Says another class than the image shows. Default: false. */
  readonly mislabelled?: boolean;
}

/** Rows of images of noise with a bright row; `label` names which, and `place` says where it is. */
export function stripesTable(
  rows: number,
  seed: number,
  { classes = 3, mislabelled = false }: StripesOptions = {},
): RecordBatch {
  const random = createRandom(seed);
  const shown = Array.from({ length: rows }, () => random.integer(classes));
  const pixels = Uint8Array.from({ length: rows * 36 }, () => random.integer(150));
  shown.forEach((line, row) => {
    pixels.fill(255, row * 36 + line * 6, row * 36 + line * 6 + 6);
  });
  const image = tensorField('image', { element: 'uint8', shape: [6, 6] });
  const said = mislabelled ? shown.map((line) => (line + 1) % classes) : shown;
  const label = vectorFromArray(
    said.map((line) => `row ${line}`),
    new Dictionary(new Utf8(), new Int32()),
  );
  const place = vectorFromArray(
    shown.map((line) => 100 * line + random.integer(20)),
    new Int32(),
  );
  const schema = new Schema([
    image,
    new Field('label', label.type, false),
    new Field('place', place.type, false),
  ]);
  const data = [makeTensorColumn(image, pixels), label.data[0], place.data[0]];
  return makeBatch(schema as never, data as never, rows);
}

/** The same rows with some of the columns. */
export function select(batch: RecordBatch, ...names: string[]): RecordBatch {
  const places = names.map((name) => batch.schema.fields.findIndex((own) => own.name === name));
  const schema = new Schema(places.map((place) => batch.schema.fields[place] as Field));
  const data = places.map((place) => batch.data.children[place]);
  return makeBatch(schema, data as never, batch.numRows);
}
