import { Command, Option } from 'commander';
import type { AugmentEvent } from '../../augment/events.js';
import { fitStream } from '../../augment/fit-stream.js';
import { counted, rowsLearnedInWords } from '../../augment/progress/words.js';
import { readBytes } from '../../data/files/read-bytes.js';
import { assertModelWritable, saveModel } from '../../gan/model/directory.js';
import { readSigningKey } from '../../gan/model/signature.js';
import { type Context, printJson, say } from '../console.js';
import { readInput } from '../input.js';
import { type TrainJob, trainJob } from '../job/descriptions.js';
import { configOption, mergeOptions, needed, pathsOf, readJob } from '../job/read.js';
import { mediaColumns } from '../media-columns.js';
import {
  columnsOption,
  engineOptions,
  type FitFlags,
  fitFrom,
  fitOptions,
  inputDescription,
  jobSeedOption,
  jsonOption,
} from '../options.js';
import { showProgress } from '../progress/show.js';
import { type SequenceFlags, sequenceFrom, sequenceOptions } from '../sequence-options.js';
import { trainingNotes } from '../training-notes.js';

interface TrainFlags extends FitFlags, SequenceFlags {
  readonly config?: string;
  readonly output?: string;
  readonly columns?: readonly string[];
  readonly sample?: 'even' | 'first' | 'reservoir';
  readonly sign?: string;
  readonly seed?: number;
  readonly json?: true;
}

export function trainCommand(context: Context): Command {
  const { console, signal } = context;
  const command = new Command('train')
    .description(
      'Trains a model on Parquet, Arrow or CSV, or on a folder of images, sounds or clips.',
    )
    .usage('<input...> -o <directory> [options]')
    .argument('[input...]', inputDescription)
    .option('-o, --output <directory>', 'directory to save the model in')
    .addOption(columnsOption())
    .addOption(
      new Option(
        '--sample <rows>',
        'train on --fit-rows rows of all (default, of files), the first, or those drawn from a stream',
      ).choices(['even', 'first', 'reservoir']),
    )
    .option('--sign <key.pem>', 'sign the model with this Ed25519 private key')
    .addOption(configOption())
    .addOption(jobSeedOption())
    .addOption(jsonOption());
  for (const option of [...fitOptions(), ...sequenceOptions(), ...engineOptions()])
    command.addOption(option);
  return command.action(async (input: string[], flags: TrainFlags) => {
    const job: Partial<TrainJob> = await readJob(flags.config, trainJob);
    const { $schema: _, command: __, input: paths, output: place, columns, learn, ...given } = job;
    const output = needed(
      flags.output ?? place,
      "required option '-o, --output <directory>' not specified",
      'output',
    );
    const from = needed(pathsOf(input, paths), "missing required argument 'input'", 'input');
    await assertModelWritable(output);
    const signingKey =
      flags.sign === undefined ? undefined : readSigningKey(await readBytes(flags.sign, 'key'));
    const progress = showProgress(context);
    const told = {
      onStep: progress.onStep,
      onEvent: trainingNotes(progress),
      progress: (event: AugmentEvent) => {
        if (event.type === 'rows-learned') progress.note(rowsLearnedInWords(event));
      },
    };
    const { sample, seed } = flags;
    const options = mergeOptions(
      { columns: learn, ...given },
      {
        ...fitFrom(flags),
        ...{ sequence: sequenceFrom(flags), sample, seed },
      },
    );
    const fit = { ...options, signal, ...told };
    const wanted = flags.columns ?? columns;
    // The sub-folders of a folder of images may be the domains of a translation.
    const labels = options.target ?? (options.translate && 'label');
    const read = wanted ?? (await mediaColumns(from, labels, console));
    const data = readInput(from, context, read);
    const model = await fitStream(data, fit).finally(progress.stop);
    signal.throwIfAborted();
    await saveModel(model, output, { signingKey });
    const { id, manifest } = model;
    const { rows, steps } = manifest.training;
    const size = `${counted(rows, 'row')}, ${counted(steps, 'step')}`;
    say(console, `saved ${output}: ${size}, model ${id.slice(0, 12)}`);
    const summary = { command: 'train', output, model: id, rows, steps, seed: options.seed ?? 0 };
    if (flags.json) await printJson(console, summary);
  });
}
