import { Command, Option } from 'commander';
import { fitStream } from '../../augment/fit-stream.js';
import { readBytes } from '../../data/files/read-bytes.js';
import { assertModelWritable, saveModel } from '../../gan/model/directory.js';
import { readSigningKey } from '../../gan/model/signature.js';
import { type Context, printJson, say } from '../console.js';
import { readInput } from '../input.js';
import { mediaColumns } from '../media-columns.js';
import {
  columnsOption,
  engineOptions,
  type FitFlags,
  fitFrom,
  fitOptions,
  inputDescription,
  jsonOption,
  seedOption,
} from '../options.js';
import { counted } from '../plain-text.js';
import { showProgress } from '../progress/show.js';
import { trainingNotes } from '../training-notes.js';

interface TrainFlags extends FitFlags {
  readonly output: string;
  readonly columns?: readonly string[];
  readonly sample?: 'first' | 'reservoir';
  readonly sign?: string;
  readonly seed: number;
  readonly json?: true;
}

export function trainCommand(context: Context): Command {
  const { console, signal } = context;
  const command = new Command('train')
    .description(
      'Trains a model on Parquet, Arrow or CSV, or on a folder of images, sounds or clips.',
    )
    .usage('<input...> -o <directory> [options]')
    .argument('<input...>', inputDescription)
    .requiredOption('-o, --output <directory>', 'directory to save the model in')
    .addOption(columnsOption())
    .addOption(
      new Option(
        '--sample <rows>',
        'train on the first --fit-rows rows, or as many of all',
      ).choices(['first', 'reservoir']),
    )
    .option('--sign <key.pem>', 'sign the model with this Ed25519 private key')
    .addOption(seedOption())
    .addOption(jsonOption());
  for (const option of [...fitOptions(), ...engineOptions()]) command.addOption(option);
  return command.action(async (input: string[], flags: TrainFlags) => {
    const { output, seed, sample, json } = flags;
    await assertModelWritable(output);
    const signingKey =
      flags.sign === undefined ? undefined : readSigningKey(await readBytes(flags.sign, 'key'));
    const progress = showProgress(context);
    const told = { onStep: progress.onStep, onEvent: trainingNotes(progress) };
    const fit = { ...fitFrom(flags), sample, seed, signal, ...told };
    const columns = flags.columns ?? (await mediaColumns(input, flags.target, console));
    const data = readInput(input, context, columns);
    const model = await fitStream(data, fit).finally(progress.stop);
    signal.throwIfAborted();
    await saveModel(model, output, { signingKey });
    const { id, manifest } = model;
    const { rows, steps } = manifest.training;
    const size = `${counted(rows, 'row')}, ${counted(steps, 'step')}`;
    say(console, `saved ${output}: ${size}, model ${id.slice(0, 12)}`);
    if (json) await printJson(console, { command: 'train', output, model: id, rows, steps, seed });
  });
}
