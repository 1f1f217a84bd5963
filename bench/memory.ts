/**
 * Memory of a long stream: Parquet → augment at 0.3 with a loaded model → Parquet, as a process of its
 * own, with its peak of resident memory. The input is made first, a batch at a time.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mixedFile } from './support/mixed-file.js';
import { modelOf } from './support/model-of.js';
import { buildPackage, runScript } from './support/run-child.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '10000000' },
      /** Where the input is kept between runs. */
      directory: { type: 'string' },
    },
  });
  buildPackage();
  const directory = await mkdtemp(join(tmpdir(), 'gan-augment-memory-'));
  try {
    const input = await mixedFile(values.directory ?? directory, Number(values.rows));
    const model = await modelOf(input, join(directory, 'model'));
    const script = new URL('./copy/ours.mjs', import.meta.url);
    console.log('| rows in, 15 columns | | rows out | s | peak MiB |\n|---|---|---|---|---|');
    for (const [what, ...given] of [['copied'], ['augmented at 0.3', model]]) {
      const output = join(directory, 'output.parquet');
      const { rows, seconds, peakMiB } = await runScript(script, [input, output, ...given]);
      console.log(
        `| ${values.rows} | ${what} | ${rows} | ${seconds.toFixed(0)} | ${peakMiB.toFixed(0)} |`,
      );
      await rm(output);
    }
  } finally {
    await rm(directory, { recursive: true });
  }
}
