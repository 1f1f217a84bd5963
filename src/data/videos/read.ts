import { readFile } from 'node:fs/promises';
import { type Data, type RecordBatch, Schema } from 'apache-arrow';
import { DataError, FileError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { makeBatch } from '../batches/batch.js';
import { batchLength } from '../batches/batch-length.js';
import { rereadWhole, withRereading } from '../batches/rereadable.js';
import { labelColumn } from '../folder/label-column.js';
import { shuffleFiles } from '../folder/shuffle-files.js';
import { decodeImage } from '../images/decode.js';
import { forEachTogether } from '../images/for-each-together.js';
import { makeTensorColumn } from '../tensor/make.js';
import { tensorField } from '../tensor/type.js';
import type { Clip } from './clip.js';
import { decodeAnimation, joinFrames } from './decode.js';
import { type ClipFiles, listClips } from './list.js';
import { type ReadVideosOptions, readVideosOptions } from './options.js';
import { takeFrames } from './take-frames.js';

/**
 * Reads a folder of clips as record batches, one batch in memory at a time: animated GIF and WebP
 * files, and folders of PNG or JPEG frames in the order of their names.
 *
 * The column `clip` holds tensors of uint8, frames × height × width × channels. Where the folder has
 * sub-folders, the column `label` names the one that a clip is in, and is null for clips outside of
 * them. The first clip says what frames, size and channels all have, unless the options do.
 *
 * @throws FileError if something cannot be read; FormatError for a broken clip.
 * @throws DataError for a clip of another size or other channels or too few frames, and if there are
 * none.
 */
export function readVideoBatches(
  folder: string,
  options: ReadVideosOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  const again = rereadWhole(
    (signal) => readOnce(folder, { ...options, signal }),
    () => folder,
  );
  return withRereading(readOnce(folder, options), again);
}

async function* readOnce(
  folder: string,
  options: ReadVideosOptions,
): AsyncGenerator<RecordBatch, void, undefined> {
  checkOptions(readVideosOptions, options);
  const { batchRows = 64, shuffle, signal } = options;
  signal?.throwIfAborted();
  const files = await listClips(folder);
  if (shuffle !== undefined) shuffleFiles(files, shuffle, 'clips');
  const [firstFile] = files as [ClipFiles];
  const loaded = await load(firstFile, options);
  const frames = options.frames ?? Math.ceil(loaded.frames / (options.every ?? 1));
  const first = takeFrames(loaded, firstFile.path, { ...options, frames });
  const labels = labelColumn(files);
  const field = tensorField('clip', {
    element: 'uint8',
    shape: [first.frames, first.height, first.width, first.channels],
    dimensionNames: ['T', 'H', 'W', 'C'],
  });
  const schema = new Schema(labels ? [field, labels.field] : [field]);
  const length = batchLength(batchRows, first.pixels.length);
  for (let start = 0; start < files.length; start += length) {
    const part = files.slice(start, start + length);
    const pixels = new Uint8Array(part.length * first.pixels.length);
    await forEachTogether(part, async (file, row) => {
      signal?.throwIfAborted();
      const whole = file === firstFile ? loaded : await load(file, options);
      const clip = takeFrames(whole, file.path, { ...options, frames });
      assertAlike(firstFile, first, file, clip);
      pixels.set(clip.pixels, row * first.pixels.length);
    });
    signal?.throwIfAborted();
    const columns: Data[] = [makeTensorColumn(field, pixels)];
    if (labels) columns.push(labels.of(part));
    yield makeBatch(schema, columns, part.length);
  }
}

async function load({ path, frames }: ClipFiles, options: ReadVideosOptions): Promise<Clip> {
  const decode = { channels: options.channels, resize: options.resize };
  const { rate } = options;
  if (!frames) return decodeAnimation(await bytesOf(path), path, { ...decode, rate });
  if (rate !== undefined) {
    throw new DataError(
      `a folder of frames has no times to take a rate of: ${path}. Leave rate out, or say every`,
    );
  }
  const images = [];
  for (const frame of frames) images.push(await decodeImage(await bytesOf(frame), frame, decode));
  const [first] = images;
  for (const [k, image] of images.entries()) {
    if (image.pixels.length === first?.pixels.length && image.width === first.width) continue;
    throw new DataError(
      `frame has another size or other channels than the first: ${frames[k]}. Say resize and channels`,
    );
  }
  return joinFrames(images);
}

function bytesOf(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: Error) => {
    throw new FileError(`clip cannot be read: ${path} (${cause.message}). Check permissions`, {
      cause,
    });
  });
}

function assertAlike(firstFile: ClipFiles, first: Clip, file: ClipFiles, clip: Clip): void {
  const size = ({ width, height, channels }: Clip) => `${width} × ${height} × ${channels}`;
  if (size(clip) === size(first)) return;
  throw new DataError(
    `clip has another width, height or channels than the first: ${file.path} (${size(clip)}; ` +
      `${size(first)} of ${firstFile.path}). Say resize: { width, height }, and channels`,
  );
}
