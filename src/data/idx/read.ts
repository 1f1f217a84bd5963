import { type Data, Field, makeData, type RecordBatch, Schema } from 'apache-arrow';
import { DataError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { makeBatch } from '../batches/batch.js';
import { batchLength } from '../batches/batch-length.js';
import { emptyBatch } from '../batches/interleave.js';
import { rereadWhole, withRereading } from '../batches/rereadable.js';
import { commonOptions } from '../reader-options.js';
import { elementType, type TensorValues } from '../tensor/elements.js';
import { makeTensorColumn } from '../tensor/make.js';
import { tensorField } from '../tensor/type.js';
import type { IdxHeader } from './header.js';
import { type IdxFile, openIdx } from './open.js';

/** What {@link readIdxBatches} can be told. */
export interface ReadIdxOptions {
  /** Rows in a batch, at most; fewer where rows are big. Default: 1,024. */
  readonly batchRows?: number | undefined;
  /** Stops the reading: the iteration rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of `readIdx`. */
export const readIdxOptions = object<ReadIdxOptions>({
  batchRows: commonOptions.batchRows,
  signal: commonOptions.signal,
});

/**
 * Reads IDX files, the format of MNIST, as record batches, one batch in memory at a time.
 *
 * The column `image` holds tensors; images of two dimensions get a third of length 1, for the
 * channel. The column `label` holds what the second file has, such as one number a row.
 *
 * @param images Path of the images, compressed with gzip or not.
 * @param labels Path of the labels. Default: there are none, and no such column.
 * @throws FileError if a file cannot be read; FormatError if one is no IDX file, or damaged.
 * @throws DataError if there are more images than labels, or fewer.
 */
export function readIdxBatches(
  images: string,
  labels?: string,
  options: ReadIdxOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  const again = rereadWhole(
    (signal) => readOnce(images, labels, { ...options, signal }),
    () => images,
  );
  return withRereading(readOnce(images, labels, options), again);
}

async function* readOnce(
  images: string,
  labels: string | undefined,
  options: ReadIdxOptions,
): AsyncGenerator<RecordBatch, void, undefined> {
  checkOptions(readIdxOptions, options);
  const { batchRows = 1024, signal } = options;
  signal?.throwIfAborted();
  const files: IdxFile[] = [];
  try {
    for (const path of labels === undefined ? [images] : [images, labels]) {
      files.push(await openIdx(path));
    }
    yield* readRows(files, batchRows, signal);
  } finally {
    for (const file of files) await file.close();
  }
}

async function* readRows(files: readonly IdxFile[], batchRows: number, signal?: AbortSignal) {
  const [images, labels] = files as [IdxFile, IdxFile?];
  const { rows } = images.header;
  if (labels && labels.header.rows !== rows) {
    throw new DataError(
      `labels are not as many as images: ${labels.header.rows} in ${labels.name}, ${rows} in ${images.name}. Give files that belong together`,
    );
  }
  const fields = files.map(({ header }, k) => (k === 0 ? imageField(header) : labelField(header)));
  const schema = new Schema(fields);
  const rowBytes = files.reduce((sum, { header }) => sum + header.rowBytes, 0);
  const length = batchLength(batchRows, rowBytes);
  for (let start = 0; start < rows; start += length) {
    const count = Math.min(length, rows - start);
    const columns: Data[] = [];
    for (const [k, file] of files.entries()) {
      columns.push(columnOf(fields[k] as Field, file.header, await file.take(count)));
      signal?.throwIfAborted();
    }
    yield makeBatch(schema, columns, count);
    signal?.throwIfAborted();
  }
  for (const file of files) await file.assertEnd();
  if (rows === 0) yield emptyBatch(schema);
}

function imageField(header: IdxHeader): Field {
  const { element, shape } = header;
  if (shape.length !== 2) return fieldOf('image', header);
  return tensorField('image', {
    element,
    shape: [...shape, 1],
    dimensionNames: ['H', 'W', 'C'],
  });
}

function labelField(header: IdxHeader): Field {
  return fieldOf('label', header);
}

function fieldOf(name: string, { element, shape }: IdxHeader): Field {
  if (shape.length === 0) return new Field(name, elementType(element), false);
  return tensorField(name, { element, shape });
}

function columnOf(field: Field, { shape }: IdxHeader, values: TensorValues): Data {
  if (shape.length > 0) return makeTensorColumn(field, values);
  return makeData({ type: field.type, length: values.length, data: values, nullCount: 0 } as never);
}
