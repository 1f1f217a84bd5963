import { outputFormat } from '../data/open.js';
import { InvalidOptionError } from '../errors.js';
import type { Console } from './console.js';
import type { ParquetFlags } from './options.js';

/** What says where the output goes, and how. */
export interface OutputFlags extends ParquetFlags {
  readonly output: string;
  readonly json?: boolean | undefined;
}

/**
 * Refuses an output that cannot be written, before any work is done.
 *
 * @throws InvalidOptionError
 */
export function checkOutput({ stdout }: Console, { output, json, ...parquet }: OutputFlags): void {
  const { compression, rowGroupRows, partitionBy } = parquet;
  if (partitionBy !== undefined) {
    if (output !== '-') return;
    throw new InvalidOptionError("--partition-by writes a directory, not '-'. Give its path");
  }
  const format = outputFormat(output);
  if (format !== 'parquet' && (compression !== undefined || rowGroupRows !== undefined)) {
    throw new InvalidOptionError(
      `--compression and --row-group-rows are for Parquet alone: ${output}. Leave them out`,
    );
  }
  if (output !== '-') return;
  if (json) throw new InvalidOptionError("--json and '-o -' both write to stdout. Leave one out");
  if (stdout.isTTY) {
    throw new InvalidOptionError(
      "'-o -' writes binary data, and stdout is a terminal. Pipe it on, or give a file",
    );
  }
}

/** An output's name for people. */
export function nameOutput(output: string): string {
  return output === '-' ? 'standard output' : output;
}
