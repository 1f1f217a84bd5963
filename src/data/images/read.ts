import { readFile } from 'node:fs/promises';
import { type Data, type RecordBatch, Schema } from 'apache-arrow';
import { DataError, FileError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import type { Seed } from '../../random.js';
import { makeBatch } from '../batches/batch.js';
import { batchLength } from '../batches/batch-length.js';
import { rereadWhole, withRereading } from '../batches/rereadable.js';
import { labelColumn } from '../folder/label-column.js';
import { shuffleFiles } from '../folder/shuffle-files.js';
import { commonOptions } from '../reader-options.js';
import { makeTensorColumn } from '../tensor/make.js';
import { tensorField } from '../tensor/type.js';
import { type DecodeOptions, decodeImage, decodeShape } from './decode.js';
import { forEachTogether } from './for-each-together.js';
import type { Image } from './image.js';
import { type ImageFile, listImages } from './list.js';

/** What {@link readImageBatches} can be told. */
export interface ReadImagesOptions extends DecodeOptions {
  /** Images in a batch, at most; fewer where they are big. Default: 256. */
  readonly batchRows?: number | undefined;
  /** Shuffles the images, each time the same way. Default: they come in order of their paths. */
  readonly shuffle?: Seed | undefined;
  /** Stops the reading: the iteration rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of `readImages`. */
export const readImagesOptions = object<ReadImagesOptions>({
  ...decodeShape,
  batchRows: commonOptions.batchRows,
  shuffle: commonOptions.shuffle,
  signal: commonOptions.signal,
});

/**
 * Reads a folder of PNG, JPEG and WebP files as record batches, one batch in memory at a time.
 *
 * The column `image` holds tensors of uint8, height × width × channels. Where the folder has
 * sub-folders, the column `label` names the one that an image is in, and is null for images outside
 * of them. The first image says what size and channels all have, unless the options do.
 *
 * @throws FileError if something cannot be read; FormatError for a broken image.
 * @throws DataError for an image of another size or other channels, and if there are no images.
 */
export function readImageBatches(
  folder: string,
  options: ReadImagesOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  const again = rereadWhole(
    (signal) => readOnce(folder, { ...options, signal }),
    () => folder,
  );
  return withRereading(readOnce(folder, options), again);
}

async function* readOnce(
  folder: string,
  options: ReadImagesOptions,
): AsyncGenerator<RecordBatch, void, undefined> {
  checkOptions(readImagesOptions, options);
  const { batchRows = 256, shuffle, signal, ...decode } = options;
  signal?.throwIfAborted();
  const files = await listImages(folder);
  if (shuffle !== undefined) shuffleFiles(files, shuffle, 'images');
  const first = await load(files[0] as ImageFile, decode);
  const labels = labelColumn(files);
  const field = tensorField('image', {
    element: 'uint8',
    shape: [first.height, first.width, first.channels],
    dimensionNames: ['H', 'W', 'C'],
  });
  const schema = new Schema(labels ? [field, labels.field] : [field]);
  const length = batchLength(batchRows, first.pixels.length);
  for (let start = 0; start < files.length; start += length) {
    const part = files.slice(start, start + length);
    const pixels = new Uint8Array(part.length * first.pixels.length);
    await forEachTogether(part, async (file, row) => {
      signal?.throwIfAborted();
      const image = file === files[0] ? first : await load(file, decode);
      assertAlike(files[0] as ImageFile, first, file, image);
      pixels.set(image.pixels, row * first.pixels.length);
    });
    signal?.throwIfAborted();
    const columns: Data[] = [makeTensorColumn(field, pixels)];
    if (labels) columns.push(labels.of(part));
    yield makeBatch(schema, columns, part.length);
  }
}

async function load({ path }: ImageFile, options: DecodeOptions): Promise<Image> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new FileError(`image cannot be read: ${path} (${cause.message}). Check permissions`, {
      cause,
    });
  });
  return decodeImage(bytes, path, options);
}

function assertAlike(firstFile: ImageFile, first: Image, file: ImageFile, image: Image): void {
  const size = (each: Image) => `${each.width} × ${each.height}`;
  if (image.width !== first.width || image.height !== first.height) {
    throw new DataError(
      `image has another size than the first: ${file.path} (${size(image)}; ${size(first)} of ${firstFile.path}). Say resize: { width, height }`,
    );
  }
  if (image.channels !== first.channels) {
    throw new DataError(
      `image has other channels than the first: ${file.path} (${image.channels}; ${first.channels} of ${firstFile.path}). Say channels: 1, 3 or 4`,
    );
  }
}
