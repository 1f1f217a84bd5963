import { type BatchSource, toBatches } from '../../data/batches/batch-source.js';
import { groupSequenceBatches } from '../../data/sequences/group.js';
import {
  type GroupOptions,
  groupOptions,
  type UngroupOptions,
  ungroupOptions,
  type WindowOptions,
  windowOptions,
} from '../../data/sequences/options.js';
import { ungroupSequenceBatches } from '../../data/sequences/ungroup.js';
import { windowBatches } from '../../data/sequences/windows.js';
import { checkOptions } from '../../options/check.js';
import { type BatchOperator, batchStream } from '../stream/batch-stream.js';

/**
 * An operator that groups the rows of a long table to one row an entity, as `groupSequenceBatches` does.
 *
 * ```ts
 * readParquet('events.parquet')
 *   .pipe(groupSequences({ by: 'device', orderBy: 'time' }), writeParquet('devices.parquet'))
 *   .subscribe();
 * ```
 *
 * @throws InvalidOptionError at once for options that cannot be used.
 */
export function groupSequences(options: GroupOptions): BatchOperator {
  checkOptions(groupOptions, options);
  return operator(groupSequenceBatches, options);
}

/**
 * An operator that makes a long table of rows of sequences again, as `ungroupSequenceBatches` does.
 *
 * @throws InvalidOptionError at once for options that cannot be used.
 */
export function ungroupSequences(options: UngroupOptions = {}): BatchOperator {
  checkOptions(ungroupOptions, options);
  return operator(ungroupSequenceBatches, options);
}

/**
 * An operator that cuts long series into windows, as `windowBatches` does.
 *
 * ```ts
 * readCsv('stocks.csv').pipe(windows({ length: 24, step: 1 }))
 * ```
 *
 * @throws InvalidOptionError at once for options that cannot be used.
 */
export function windows(options: WindowOptions): BatchOperator {
  checkOptions(windowOptions, options);
  return operator(windowBatches, options);
}

function operator<Options extends { readonly signal?: AbortSignal | undefined }>(
  apply: (source: BatchSource, options: Options) => ReturnType<typeof windowBatches>,
  options: Options,
): BatchOperator {
  return (source) => {
    const batches = toBatches(source);
    return batchStream((signal) => {
      const both = options.signal ? AbortSignal.any([options.signal, signal]) : signal;
      return apply(batches, { ...options, signal: both });
    });
  };
}
