import { Command } from 'commander';
import type { AugmentEvent } from '../../augment/events.js';
import { fitHoldingOut } from '../../augment/fit-stream.js';
import { type FitStreamOptions, fitStreamOptions } from '../../augment/options/stream-fit.js';
import { attackInWords } from '../../augment/privacy/attack/words.js';
import { counted, rowsLearnedInWords } from '../../augment/progress/words.js';
import { assertApart } from '../../data/dataset/apart.js';
import { readBytes } from '../../data/files/read-bytes.js';
import { InvalidOptionError } from '../../errors.js';
import { assertModelWritable, isSigned, saveModel } from '../../gan/model/directory.js';
import { readSigningKey } from '../../gan/model/signature.js';
import type { TrainingEvent } from '../../gan/training/events.js';
import type { TrainingStep } from '../../gan/training/progress.js';
import { omit } from '../../options/omit.js';
import { noteAugmented } from '../augmented-already.js';
import { type Context, say } from '../console.js';
import { flagOf } from '../flag.js';
import { readInput } from '../input.js';
import { type TrainJob, trainJob } from '../job/descriptions.js';
import { configOption, mergeOptions, needed, pathsOf, readJob } from '../job/read.js';
import { checkJson, type JsonFlag, jsonOption, writeJson } from '../json-output.js';
import { mediaColumns } from '../media-columns.js';
import {
  columnsOption,
  engineOptions,
  type FitFlags,
  fitFrom,
  fitOptions,
  inputDescription,
  jobSeedOption,
} from '../options.js';
import { overwriteOption } from '../overwrite-option.js';
import {
  type PrivacyGateFlags,
  privacyGateFrom,
  privacyGateOption,
} from '../privacy-gate-option.js';
import { showProgress } from '../progress/show.js';
import { type ReadingFlags, readingFrom, readingOptions } from '../reading-options.js';
import { type SequenceFlags, sequenceFrom, sequenceOptions } from '../sequence-options.js';
import { privacyInWords } from '../summary/privacy.js';
import { trainingNotes } from '../training-notes.js';
import {
  checkReport,
  reportOption,
  watchForReport,
  writeTrainingReport,
} from '../training-report.js';

interface TrainFlags extends FitFlags, ReadingFlags, SequenceFlags, PrivacyGateFlags {
  readonly config?: string;
  readonly output?: string;
  readonly columns?: readonly string[];
  readonly sample?: 'even' | 'first' | 'reservoir';
  readonly sign?: string;
  readonly seed?: number;
  readonly json?: JsonFlag;
  readonly overwrite?: true;
  readonly report?: string;
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
    .addOption(flagOf('--sample <rows>', fitStreamOptions.shape.sample))
    .option('--sign <key.pem>', 'sign the model with this Ed25519 private key')
    .addOption(configOption())
    .addOption(jobSeedOption())
    .addOption(reportOption())
    .addOption(jsonOption())
    .addOption(overwriteOption('a signed model'));
  const own = [...fitOptions(), ...sequenceOptions(), privacyGateOption()];
  for (const option of [...own, ...engineOptions(), ...readingOptions()]) command.addOption(option);
  return command.action(async (input: string[], flags: TrainFlags) => {
    await checkJson(flags.json);
    const job: Partial<TrainJob> = await readJob(flags.config, trainJob);
    const { input: paths, output: place, columns, read, learn, ...others } = job;
    const given = omit(others, '$schema', 'command');
    const output = needed(
      flags.output ?? place,
      "required option '-o, --output <directory>' not specified",
      'output',
    );
    const from = needed(pathsOf(input, paths), "missing required argument 'input'", 'input');
    await assertApart(from, output, { isDirectory: true });
    await assertModelWritable(output);
    await checkSigned(output, flags);
    const signingKey =
      flags.sign === undefined ? undefined : readSigningKey(await readBytes(flags.sign, 'key'));
    const progress = showProgress(context);
    const watching = watchForReport();
    const notes = trainingNotes(progress);
    const told = {
      onStep(step: TrainingStep) {
        progress.onStep(step);
        watching.onStep(step);
      },
      onEvent(event: TrainingEvent) {
        notes(event);
        watching.onEvent(event);
      },
      progress: (event: AugmentEvent) => {
        if (event.type === 'rows-learned') progress.note(rowsLearnedInWords(event));
        if (event.type === 'attacked') progress.note(attackInWords(event));
      },
    };
    const { sample, seed } = flags;
    const options = mergeOptions(
      { columns: learn, ...given },
      {
        ...fitFrom(flags),
        ...{ sequence: sequenceFrom(flags), sample, seed, privacy: privacyOf(flags) },
      },
    );
    const fit = { ...options, signal, ...told };
    await checkReport(flags.report, from);
    const wanted = flags.columns ?? columns;
    // The sub-folders of a folder of images may be the domains of a translation.
    const labels = options.target ?? (options.translate && 'label');
    const used = wanted ?? (await mediaColumns(from, labels, console));
    const texts = mergeOptions(read ?? {}, readingFrom(flags, from) ?? {});
    const data = readInput(from, context, { columns: used, texts });
    const model = await fitHoldingOut(
      noteAugmented(data, console),
      fit,
      flags.report === undefined ? undefined : watching.onFitted,
    ).finally(progress.stop);
    signal.throwIfAborted();
    const onWarning = (warning: string) =>
      say(console, `${warning} That is --sign here, and --verify where it is used`);
    await saveModel(model, output, { signingKey, onWarning });
    const { id, manifest } = model;
    const { rows, steps, privacy } = manifest.training;
    const size = `${counted(rows, 'row')}, ${counted(steps, 'step')}`;
    const promised = privacy ? `, ${privacyInWords(privacy)}` : '';
    say(console, `saved ${output}: ${size}, model ${id.slice(0, 12)}${promised}`);
    const seeded = { seed: options.seed ?? 0, ...(privacy && { privacy }) };
    const summary = { command: 'train', output, model: id, rows, steps, ...seeded };
    const fitted = watching.fitted();
    if (flags.report !== undefined && fitted) {
      await writeTrainingReport(flags.report, fitted, { from, where: `of ${output}` }, context);
    }
    await writeJson(console, flags.json, summary);
  });
}

/** What stays with the rows, and what an attack may tell of them. */
function privacyOf(flags: TrainFlags): FitStreamOptions['privacy'] {
  const { privacy } = fitFrom(flags);
  const gate = privacyGateFrom(flags);
  if (gate === undefined) return privacy;
  // Without privacy a value needs but one row.
  return { ...(privacy === false ? { rareLevels: 1 } : privacy), ...gate };
}

/** Who verifies a model would find another one in its place: that is to be meant. */
async function checkSigned(output: string, { overwrite, sign }: TrainFlags): Promise<void> {
  if (overwrite || !(await isSigned(output))) return;
  const unsigned = sign === undefined ? ', and the new one would not be' : '';
  throw new InvalidOptionError(
    `the model there is signed${unsigned}: ${output}. Save to another directory, or let it be replaced with --overwrite`,
  );
}
