import { Command } from 'commander';
import { augmentBatches } from '../../augment/augment-batches.js';
import { readBatches, writeBatches } from '../../data/open.js';
import { checkOutput } from '../check-output.js';
import type { Context } from '../console.js';
import { countRows } from '../count-rows.js';
import {
  anyNumber,
  type FitFlags,
  fitFrom,
  fitOptions,
  jsonOption,
  seedOption,
} from '../options.js';
import { showTraining } from '../progress.js';

interface AugmentFlags extends FitFlags {
  readonly output: string;
  readonly ratio: number;
  readonly model?: string;
  readonly mark?: string;
  readonly seed: number;
  readonly json: boolean;
}

export function augmentCommand({ console, signal }: Context): Command {
  const command = new Command('augment')
    .description(
      'Writes a file again with synthetic rows mixed in; trains on it first without --model.',
    )
    .argument('<input>', "Parquet or Arrow file, or '-' for an Arrow stream on stdin")
    .requiredOption(
      '-o, --output <file>',
      ".parquet, .arrow or .arrows, or '-' for an Arrow stream on stdout",
    )
    .requiredOption(
      '--ratio <share>',
      'share of the output rows that is synthetic, in [0, 1)',
      anyNumber,
    )
    .option('--model <directory>', 'a saved model, instead of training one')
    .option('--mark <column>', 'add a boolean column, true in synthetic rows')
    .addOption(seedOption())
    .addOption(jsonOption());
  for (const option of fitOptions()) command.addOption(option);
  return command.action(async (input: string, flags: AugmentFlags) => {
    checkOutput(flags);
    const progress = showTraining(console);
    const real = countRows(readBatches(input, { signal }));
    const augmented = augmentBatches(real.batches, {
      ratio: flags.ratio,
      seed: flags.seed,
      signal,
      mark: flags.mark,
      model: flags.model,
      fit: flags.model === undefined ? { ...fitFrom(flags), onStep: progress.onStep } : undefined,
    });
    const { rows } = await writeBatches(flags.output, augmented, { signal }).finally(progress.stop);
    const summary = { real: real.rows, synthetic: rows - real.rows };
    console.error(
      `wrote ${flags.output}: ${rows} rows, ${summary.real} real and ${summary.synthetic} synthetic\n`,
    );
    if (flags.json) {
      const { output, ratio, seed } = flags;
      console.out(
        `${JSON.stringify({ command: 'augment', output, ratio, seed, rows: summary })}\n`,
      );
    }
  });
}
