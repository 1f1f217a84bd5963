/**
 * Augments JSON lines, an object a line, as logs and exports are, from a pipe into a pipe:
 * `zcat events.jsonl.gz | tsx examples/json-lines.ts > augmented.jsonl`
 *
 * Columns and types are those of the first rows. No more is read than is written; where a line is no
 * JSON, or does not fit, the error names it, and what has been written so far is whole lines.
 */
import { pathToFileURL } from 'node:url';
import {
  type AugmentOptions,
  augmentBatches,
  readJsonLinesBatches,
  writeJsonLinesBatches,
} from 'gan-augment';

/** Augments lines from one stream into another, and gives how many were written. */
export async function augmentLines(
  input: AsyncIterable<Uint8Array>,
  output: NodeJS.WritableStream,
  options: AugmentOptions,
): Promise<number> {
  const batches = readJsonLinesBatches(input, { name: 'standard input', batchRows: 1000 });
  const augmented = augmentBatches(batches, { ...options, mark: 'synthetic' });
  return (await writeJsonLinesBatches(output, augmented)).rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const options = { ratio: 0.3, seed: 1, fit: { rows: 1000, steps: 200 } } as const;
  const rows = await augmentLines(process.stdin, process.stdout, options);
  console.error(`${rows} lines`);
}
