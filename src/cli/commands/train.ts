import { Command } from 'commander';
import { fitStream } from '../../augment/fit-stream.js';
import { assertDirectoryWritable } from '../../data/directory.js';
import { readBatches } from '../../data/open.js';
import { saveModel } from '../../gan/model/directory.js';
import { manifestFile } from '../../gan/model/files.js';
import type { Context } from '../console.js';
import { type FitFlags, fitFrom, fitOptions, jsonOption, seedOption } from '../options.js';
import { showTraining } from '../progress.js';

interface TrainFlags extends FitFlags {
  readonly output: string;
  readonly seed: number;
  readonly json: boolean;
}

export function trainCommand({ console, signal }: Context): Command {
  const command = new Command('train')
    .description('Trains a model on a Parquet or Arrow file.')
    .argument('<input>', "Parquet or Arrow file, or '-' for an Arrow stream on stdin")
    .requiredOption('-o, --output <directory>', 'directory to save the model in')
    .addOption(seedOption())
    .addOption(jsonOption());
  for (const option of fitOptions()) command.addOption(option);
  return command.action(async (input: string, flags: TrainFlags) => {
    await assertDirectoryWritable(flags.output, { replaces: manifestFile });
    const progress = showTraining(console);
    const model = await fitStream(readBatches(input, { signal }), {
      ...fitFrom(flags),
      seed: flags.seed,
      signal,
      onStep: progress.onStep,
    }).finally(progress.stop);
    await saveModel(model, flags.output);
    const { rows, steps } = model.manifest.training;
    console.error(
      `saved ${flags.output}: ${rows} rows, ${steps} steps, model ${model.id.slice(0, 12)}\n`,
    );
    if (flags.json) {
      const summary = { command: 'train', output: flags.output, model: model.id, rows, steps };
      console.out(`${JSON.stringify(summary)}\n`);
    }
  });
}
