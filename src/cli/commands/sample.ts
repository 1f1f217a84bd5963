import { Command } from 'commander';
import { sampleBatches } from '../../augment/sample-batches.js';
import { writeBatches } from '../../data/open.js';
import { loadModel } from '../../gan/model/directory.js';
import { checkOutput } from '../check-output.js';
import type { Context } from '../console.js';
import { jsonOption, seedOption, wholeNumber } from '../options.js';

interface SampleFlags {
  readonly output: string;
  readonly rows: number;
  readonly seed: number;
  readonly json: boolean;
}

export function sampleCommand({ console, signal }: Context): Command {
  return new Command('sample')
    .description('Writes synthetic rows of a saved model, alone.')
    .argument('<model>', 'directory of a saved model')
    .requiredOption('-n, --rows <n>', 'rows to write', wholeNumber(0))
    .requiredOption(
      '-o, --output <file>',
      ".parquet, .arrow or .arrows, or '-' for an Arrow stream on stdout",
    )
    .addOption(seedOption())
    .addOption(jsonOption())
    .action(async (directory: string, { output, rows, seed, json }: SampleFlags) => {
      checkOutput({ output, json });
      const model = await loadModel(directory);
      await writeBatches(output, sampleBatches(model, { rows, seed, signal }), { signal });
      console.error(`wrote ${output}: ${rows} synthetic rows\n`);
      if (json) {
        console.out(
          `${JSON.stringify({ command: 'sample', output, model: model.id, rows, seed })}\n`,
        );
      }
    });
}
