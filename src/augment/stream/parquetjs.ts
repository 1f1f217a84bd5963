import {
  type ReadParquetJsOptions,
  readParquetJsBatches,
  readParquetJsOptions,
} from '../../data/parquetjs/read.js';
import {
  type WriteParquetJsOptions,
  writeParquetJsFile,
  writeParquetJsOptions,
} from '../../data/parquetjs/write.js';
import { checkOptions } from '../../options/check.js';
import { type BatchStream, batchStream } from './batch-stream.js';
import { type BatchSink, sink } from './sinks.js';

/**
 * As `readParquet`, by the optional package parquetjs-lite, for files that it wrote.
 *
 * It is many times slower and reads flat tables alone; whatever it may read wrong is refused.
 */
export function readParquetJs(
  path: string,
  options?: Omit<ReadParquetJsOptions, 'signal'>,
): BatchStream {
  checkOptions(readParquetJsOptions, options);
  return batchStream((signal) => readParquetJsBatches(path, { ...options, signal }));
}

/**
 * As `writeParquet`, by the optional package parquetjs-lite: flat tables of int32, int64 up to
 * 2^53 - 1, finite float32 and float64, bool, utf8, date32 and binary. All else is refused.
 */
export function writeParquetJs(
  path: string,
  options?: Omit<WriteParquetJsOptions, 'signal'>,
): BatchSink {
  checkOptions(writeParquetJsOptions, options);
  return sink((batches, signal) => writeParquetJsFile(path, batches, { ...options, signal }));
}
