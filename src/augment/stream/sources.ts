import type { RecordBatch } from 'apache-arrow';
import { type BatchSource, toBatches } from '../../data/batches/batch-source.js';
import { rereadableOf } from '../../data/batches/rereadable.js';
import { type ReadCsvOptions, readCsvOptions } from '../../data/csv/options.js';
import { readCsvBatches } from '../../data/csv/read.js';
import type { DatasetSource } from '../../data/dataset/list-files.js';
import {
  type ReadDatasetOptions,
  readDatasetBatches,
  readDatasetOptions,
} from '../../data/dataset/read.js';
import type { ByteSource } from '../../data/files/byte-source.js';
import { type ReadIdxOptions, readIdxBatches, readIdxOptions } from '../../data/idx/read.js';
import {
  type ReadImagesOptions,
  readImageBatches,
  readImagesOptions,
} from '../../data/images/read.js';
import { readIpcBatches } from '../../data/ipc/read.js';
import {
  type ReadJsonLinesOptions,
  readJsonLinesBatches,
  readJsonLinesOptions,
} from '../../data/json/read.js';
import { type ReadNiftiOptions, readNiftiOptions } from '../../data/nifti/options.js';
import { readNiftiBatches } from '../../data/nifti/read.js';
import {
  type ReadParquetOptions,
  readParquetBatches,
  readParquetOptions,
} from '../../data/parquet/read.js';
import { type ObjectSource, type RowsOptions, rowBatches } from '../../data/rows/read.js';
import { type ReadSoundsOptions, readSoundsOptions } from '../../data/sounds/options.js';
import { readSoundBatches } from '../../data/sounds/read.js';
import type { RangeSource } from '../../data/source/range-source.js';
import { type ReadVideosOptions, readVideosOptions } from '../../data/videos/options.js';
import { readVideoBatches } from '../../data/videos/read.js';
import { checkOptions } from '../../options/check.js';
import { closeOnAbort } from '../../threads/close-on-abort.js';
import { type BatchStream, batchStream } from './batch-stream.js';

/**
 * Record batches of Parquet, a row group at a time: of a file, an address on the web, bytes, a Blob,
 * or whatever gives ranges of bytes. Opens the source when subscribed to.
 */
export function readParquet(
  source: RangeSource,
  options?: Omit<ReadParquetOptions, 'signal'>,
): BatchStream {
  checkOptions(readParquetOptions, options);
  return fileStream((signal) => readParquetBatches(source, { ...options, signal }));
}

/**
 * Record batches of many files, one file after the other: of a directory, a pattern such as
 * `data/*.parquet`, or a list. Directories `name=value` become columns. Opens them when subscribed to.
 */
export function readDataset(
  source: DatasetSource,
  options?: Omit<ReadDatasetOptions, 'signal'>,
): BatchStream {
  checkOptions(readDatasetOptions, options);
  return fileStream((signal) => readDatasetBatches(source, { ...options, signal }));
}

/**
 * Record batches of Arrow IPC, in the file or the stream format: a file on disk or the web, bytes, or
 * a stream of them, such as `process.stdin` or the body of a response. Opens a file when subscribed
 * to; a stream can be read once.
 */
export function readArrow(source: ByteSource): BatchStream {
  return fileStream((signal) => readIpcBatches(source, { signal }));
}

/**
 * Record batches of CSV: a file on disk or the web, bytes, or a stream of them. Types are inferred from the
 * first rows, or given: `types: { id: 'int64' }`. Opens the source when subscribed to.
 */
export function readCsv(source: ByteSource, options?: Omit<ReadCsvOptions, 'signal'>): BatchStream {
  checkOptions(readCsvOptions, options);
  return fileStream((signal) => readCsvBatches(source, { ...options, signal }));
}

/**
 * Record batches of JSON lines, an object a line: a file on disk or the web, bytes, or a stream of them.
 * Columns and types are found in the first rows, or given. Opens the source when subscribed to.
 */
export function readJsonLines(
  source: ByteSource,
  options?: Omit<ReadJsonLinesOptions, 'signal'>,
): BatchStream {
  checkOptions(readJsonLinesOptions, options);
  return batchStream((signal) => readJsonLinesBatches(source, { ...options, signal }));
}

/**
 * Record batches of the PNG, JPEG and WebP files in a folder: a tensor column `image`, and a column `label`
 * that names the sub-folder. Opens them when subscribed to, a batch at a time.
 */
export function readImages(
  folder: string,
  options?: Omit<ReadImagesOptions, 'signal'>,
): BatchStream {
  checkOptions(readImagesOptions, options);
  return fileStream((signal) => readImageBatches(folder, { ...options, signal }));
}

/**
 * Record batches of the WAV files in a folder: a column `sound` of tensors [samples, channels] or of
 * lists, and a column `label`. Opens them when subscribed to, a batch at a time.
 */
export function readSounds(
  folder: string,
  options?: Omit<ReadSoundsOptions, 'signal'>,
): BatchStream {
  checkOptions(readSoundsOptions, options);
  return fileStream((signal) => readSoundBatches(folder, { ...options, signal }));
}

/**
 * Record batches of the clips in a folder, animated GIF and WebP files or folders of frames: a tensor
 * column `clip`, and a column `label`. Opens them when subscribed to, a batch at a time.
 */
export function readVideos(
  folder: string,
  options?: Omit<ReadVideosOptions, 'signal'>,
): BatchStream {
  checkOptions(readVideosOptions, options);
  return fileStream((signal) => readVideoBatches(folder, { ...options, signal }));
}

/**
 * Record batches of IDX files, the format of MNIST, compressed with gzip or not: a tensor column
 * `image`, and a column `label` if there is a file of labels. Opens them when subscribed to.
 */
export function readIdx(
  images: string,
  labels?: string,
  options?: Omit<ReadIdxOptions, 'signal'>,
): BatchStream {
  checkOptions(readIdxOptions, options);
  return fileStream((signal) => readIdxBatches(images, labels, { ...options, signal }));
}

/**
 * Record batches of the slices of a NIfTI-1 volume, compressed with gzip or not: a tensor column `slice`,
 * and a column `labels` if there is a volume of labels. Opens the files when subscribed to.
 */
export function readNifti(path: string, options?: Omit<ReadNiftiOptions, 'signal'>): BatchStream {
  checkOptions(readNiftiOptions, options);
  return batchStream((signal) => readNiftiBatches(path, { ...options, signal }));
}

/**
 * Record batches of any source, as a stream that can be pulled: a table or batches in memory, what an
 * iterable makes, or an Observable.
 */
export function fromBatches(source: BatchSource): BatchStream {
  const batches = toBatches(source);
  return batchStream((signal) => closeOnAbort(batches, signal), rereadableOf(batches));
}

/**
 * Record batches of plain objects: of an array, an iterable, an async iterable, a stream in object mode
 * or an Observable. Columns are those of `schema`, or what the first rows show; they stay the same.
 *
 * Sources that can be are pulled from, a batch at a time; an Observable pushes, and what it pushes
 * before it is asked for waits in memory.
 */
export function fromRows(source: ObjectSource, options?: Omit<RowsOptions, 'signal'>): BatchStream {
  return fileStream((signal) => rowBatches(source, { ...options, signal }));
}

/** A stream that knows what `open` knows of how its rows can be read once more. */
function fileStream(open: (signal: AbortSignal) => AsyncIterable<RecordBatch>): BatchStream {
  return batchStream(open, rereadableOf(open(new AbortController().signal)));
}
