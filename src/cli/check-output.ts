import { outputFormat } from '../data/open.js';
import { InvalidOptionError } from '../errors.js';

/** Refuses an output that cannot be written, before any work is done. */
export function checkOutput({ output, json }: { output: string; json: boolean }): void {
  outputFormat(output);
  if (json && output === '-') {
    throw new InvalidOptionError("--json and '-o -' both write to stdout. Leave one out");
  }
}
