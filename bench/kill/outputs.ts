import { readDatasetBatches } from '../../src/data/dataset/read.js';
import { writeDatasetDirectory } from '../../src/data/dataset/write.js';
import { readIpcBatches } from '../../src/data/ipc/read.js';
import { writeIpcFile } from '../../src/data/ipc/write.js';
import { readParquetBatches } from '../../src/data/parquet/read.js';
import { writeParquetFile } from '../../src/data/parquet/write.js';
import { adultLike } from '../support/adult-like.js';

/** An output that can be killed while it is written: how it is written, and read back. */
export interface Output {
  /** Whether it takes the place of one that is there. */
  readonly replaces: boolean;
  write(path: string, rows: number): Promise<unknown>;
  read(path: string): AsyncIterable<{ readonly numRows: number }>;
}

export const outputs = {
  parquet: {
    replaces: true,
    write: (path, rows) => writeParquetFile(path, adultLike(rows), { rowGroupRows: 16_384 }),
    read: readParquetBatches,
  },
  arrow: {
    replaces: true,
    write: (path, rows) => writeIpcFile(path, adultLike(rows), { format: 'arrow-file' }),
    read: readIpcBatches,
  },
  dataset: {
    replaces: false,
    write: (path, rows) =>
      writeDatasetDirectory(path, adultLike(rows), { partitionBy: ['sex', 'married'] }),
    read: readDatasetBatches,
  },
} satisfies Record<string, Output>;

export type OutputName = keyof typeof outputs;
