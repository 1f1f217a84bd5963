import { assertWritable } from '../data/files/atomic.js';
import { outputFormat } from '../data/open.js';
import { InvalidOptionError } from '../errors.js';
import type { Console } from './console.js';
import type { CsvFlags } from './csv-options.js';
import type { JsonFlag } from './json-output.js';
import { type parquetFrom, parquetOnly } from './parquet-options.js';

/** What says where the output goes, and how. */
export interface OutputFlags extends Partial<ReturnType<typeof parquetFrom>>, CsvFlags {
  readonly output: string;
  readonly json?: JsonFlag;
}

/**
 * Refuses an output that cannot be written, before any work is done.
 *
 * @throws InvalidOptionError
 */
export function checkOutput(
  { stdout }: Console,
  { output, json, guardCells, ...parquet }: OutputFlags,
): void {
  const isPartitioned = parquet.partitionBy !== undefined;
  const format = isPartitioned ? 'parquet' : outputFormat(output);
  if (guardCells && format !== 'csv') {
    throw new InvalidOptionError(
      `--guard-cells can be used for CSV alone: ${output}. Leave it out, or write CSV`,
    );
  }
  if (isPartitioned) {
    if (output !== '-') return;
    throw new InvalidOptionError("--partition-by writes a directory, not '-'. Give its path");
  }
  const idle = format === 'parquet' ? [] : parquetOnly(parquet);
  if (idle.length > 0) {
    throw new InvalidOptionError(
      `${idle.join(' and ')} can be used for Parquet alone: ${output}. Leave out, or write Parquet`,
    );
  }
  if (output !== '-') return;
  if (json === true)
    throw new InvalidOptionError("--json and '-o -' both write to stdout. Give --json a file");
  if (stdout.isTTY) {
    throw new InvalidOptionError(
      "'-o -' writes binary data, and stdout is a terminal. Pipe it on, or give a file",
    );
  }
}

/**
 * Refuses a picture that cannot be written, before any work is done.
 *
 * @param flag The option that names it.
 * @throws InvalidOptionError; FileError if no file can be there.
 */
export function checkPicture(path: string, flag: string): Promise<void> {
  return checkNamed(path, flag, 'a PNG file', '.png');
}

/** The same of an animation. */
export function checkAnimation(path: string, flag: string): Promise<void> {
  return checkNamed(path, flag, 'an animated WebP file', '.webp');
}

async function checkNamed(path: string, flag: string, kind: string, ending: string) {
  if (!path.toLowerCase().endsWith(ending)) {
    throw new InvalidOptionError(
      `${flag} writes ${kind}: ${path}. Give a name that ends in ${ending}`,
    );
  }
  await assertWritable(path);
}

/** An output's name for people. */
export function nameOutput(output: string): string {
  return output === '-' ? 'standard output' : output;
}
