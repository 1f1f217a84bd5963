import { object, recordOf } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { oneOf } from '../../options/values.js';
import { commonOptions } from '../reader-options.js';
import { type TextFileOptions, textFileShape } from '../text-files.js';
import type { PartitionType } from './partition-columns.js';

/** What `readDatasetBatches` can be told. */
export interface ReadDatasetOptions extends TextFileOptions {
  /** Columns to read, partitions among them, given in the order of the dataset. Default: all. */
  columns?: readonly string[] | undefined;
  /** Whether directories `name=value` become columns. Default: 'hive', which is yes. */
  partitioning?: 'hive' | 'none' | undefined;
  /** What partitions are read as, where it is not to be inferred: `{ zip: 'utf8' }`. */
  partitionTypes?: Readonly<Record<string, PartitionType>> | undefined;
  /** Stops the reading: the iteration rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** The options of `readDataset`. */
export const readDatasetOptions = object<ReadDatasetOptions>({
  columns: commonOptions.columns,
  partitioning: about('whether directories name=value become columns', oneOf(['hive', 'none'])),
  partitionTypes: about(
    'what partitions are read as',
    recordOf(oneOf(['int64', 'utf8']), 'an object of types by column'),
  ),
  ...textFileShape,
  signal: commonOptions.signal,
});
