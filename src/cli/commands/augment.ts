import { Command } from 'commander';
import { augmentWith } from '../../augment/augment-batches.js';
import { defaultDependencies } from '../../augment/dependencies.js';
import type { AugmentEvent, StreamEnded } from '../../augment/events.js';
import type { GateVerdict } from '../../augment/gate/verdict.js';
import type { AugmentOptions } from '../../augment/options/augment-options.js';
import type { RatioOption } from '../../augment/options/ratio.js';
import { attackInWords } from '../../augment/privacy/attack/words.js';
import {
  counted,
  gateInWords,
  rowsLearnedInWords,
  verdictInWords,
} from '../../augment/progress/words.js';
import { readProvenance } from '../../augment/provenance/provenance.js';
import { checkEngineOptions } from '../../compute/engines/options.js';
import { assertApart } from '../../data/dataset/apart.js';
import { writeBatches } from '../../data/open.js';
import { InvalidOptionError } from '../../errors.js';
import type { ConditionReport } from '../../gan/conditions/options.js';
import type { Model } from '../../gan/model/model.js';
import type { TrainingEvent } from '../../gan/training/events.js';
import { omit } from '../../options/omit.js';
import { noteAugmented } from '../augmented-already.js';
import {
  type ConditionFlags,
  conditionOptions,
  conditionsFrom,
  sayConditions,
} from '../condition-options.js';
import { type Context, say } from '../console.js';
import { countRows } from '../count-rows.js';
import { type CsvFlags, csvFrom, csvOptions } from '../csv-options.js';
import { gateRemedy } from '../gate-remedy.js';
import { readInput } from '../input.js';
import { type AugmentJob, augmentJob } from '../job/descriptions.js';
import { configOption, mergeOptions, needed, pathsOf, readJob } from '../job/read.js';
import { checkJson, type JsonFlag, jsonOption, writeJson } from '../json-output.js';
import { type MixingFlags, mixingFrom, mixingOptions } from '../mixing-options.js';
import { loadOfJob, verifyOption } from '../model-options.js';
import {
  anyNumber,
  columnsOption,
  engineOptions,
  type FitFlags,
  fitFrom,
  fitOptions,
  inputDescription,
  jobSeedOption,
  outputOption,
  samplingFrom,
} from '../options.js';
import { checkOutput, nameOutput } from '../output.js';
import { overwriteOption } from '../overwrite-option.js';
import { type ParquetFlags, parquetFrom, parquetOptions } from '../parquet-options.js';
import {
  type PrivacyGateFlags,
  privacyGateFrom,
  privacyGateOption,
} from '../privacy-gate-option.js';
import { showProgress } from '../progress/show.js';
import { type ReadingFlags, readingFrom, readingOptions } from '../reading-options.js';
import { type SequenceFlags, sequenceFrom, sequenceOptions } from '../sequence-options.js';
import { trainingNotes } from '../training-notes.js';
import {
  checkReport,
  reportOption,
  watchForReport,
  writeTrainingReport,
} from '../training-report.js';

interface AugmentFlags
  extends FitFlags,
    ParquetFlags,
    CsvFlags,
    ConditionFlags,
    MixingFlags,
    ReadingFlags,
    PrivacyGateFlags,
    SequenceFlags {
  readonly config?: string;
  readonly output?: string;
  readonly columns?: readonly string[];
  readonly ratio?: number;
  readonly model?: string;
  readonly mark?: string;
  readonly seed?: number;
  readonly json?: JsonFlag;
  readonly verify?: string;
  readonly overwrite?: true;
  readonly report?: string;
}

export function augmentCommand(context: Context): Command {
  const command = new Command('augment')
    .description('Copies data with synthetic rows mixed in. Without --model it trains one first.')
    .usage('<input...> -o <file> --ratio <share> [options]')
    .argument('[input...]', inputDescription)
    .addOption(outputOption().makeOptionMandatory(false))
    .addOption(columnsOption())
    .option('--ratio <share>', 'share of the output rows that is synthetic, in [0, 1)', anyNumber)
    .option('--model <directory>', 'a saved model, instead of training one')
    .addOption(verifyOption())
    .option('--mark <column>', 'add a boolean column, true in synthetic rows')
    .addOption(configOption())
    .addOption(jobSeedOption())
    .addOption(reportOption())
    .addOption(jsonOption())
    .addOption(overwriteOption('an input'));
  for (const option of [
    ...conditionOptions(),
    ...mixingOptions(),
    ...sequenceOptions(),
    privacyGateOption(),
  ]) {
    command.addOption(option);
  }
  for (const option of fitOptions()) {
    // A model that translates both ways is told which.
    command.addOption(option.long === '--translate' ? option : option.conflicts('model'));
  }
  for (const option of [
    ...engineOptions(),
    ...readingOptions(),
    ...parquetOptions(),
    ...csvOptions(),
  ]) {
    command.addOption(option);
  }
  return command.action(async (input: string[], flags: AugmentFlags) => {
    await checkJson(flags.json);
    const job = await planJob(input, flags);
    checkOutput(context.console, { ...job.write, output: job.output, json: flags.json });
    const isDirectory = job.write.partitionBy !== undefined;
    await assertApart(job.input, job.output, { isDirectory, overwrite: flags.overwrite });
    const { output, options } = job;
    if (job.model !== undefined) checkModelPlace(flags);
    if (job.model !== undefined && flags.report !== undefined)
      throw new InvalidOptionError(noSplit);
    await checkReport(flags.report, [...job.input, output]);
    const saved = await loadOfJob(job.model, flags.verify);
    const { rows, model, conditions, gate, fitted } = await augment(job, saved, context, {
      holdsOut: flags.report !== undefined,
    });
    const noun = options.sequence ? 'sequence' : 'row';
    const counts = [
      counted(rows.real, `real ${noun}`),
      counted(rows.synthetic, `synthetic ${noun}`),
    ];
    say(context.console, `wrote ${nameOutput(output)}: ${counts.join(', ')}`);
    if (gate && !gate.mixes) say(context.console, gateRemedy(gate));
    if (conditions) sayConditions(context.console, conditions);
    if (flags.report !== undefined) {
      const where = 'of the model that was trained, as it makes them by itself';
      if (fitted)
        await writeTrainingReport(flags.report, fitted, { from: job.input, where }, context);
      else say(context.console, `no report, as no model was trained: ${flags.report}`);
    }
    const { ratio, seed = 0 } = options;
    const summary = { command: 'augment', output, model, ratio, seed, rows, conditions, gate };
    await writeJson(context.console, flags.json, summary);
  });
}

/** Why a saved model has no report. */
const noSplit =
  '--report and --model exclude each other: which rows a saved model has learned is not known, so that ' +
  "none are held out from it. Leave --report out, and judge its rows by 'gan-augment sample' and " +
  "'gan-augment report', with rows of which you know that they were not learned as --holdout";

/** What is to be done: the job of --config, with what the flags say over it. */
async function planJob(input: readonly string[], flags: AugmentFlags) {
  const job: Partial<AugmentJob> = await readJob(flags.config, augmentJob);
  const { input: paths, output, columns, read, write, ...others } = job;
  const given = omit(others, '$schema', 'command');
  const model = flags.model ?? given.model;
  const target = flags.target ?? given.target ?? given.fit?.target;
  const told: Omit<AugmentOptions, 'ratio'> & { readonly ratio: RatioOption | undefined } = {
    ...conditionsFrom(flags),
    ...mixingFrom(flags, model === undefined ? target : undefined),
    ...{ ratio: flags.ratio, seed: flags.seed, mark: flags.mark, translate: flags.translate },
    sample: samplingFrom(flags),
    sequence: sequenceFrom(flags),
    privacy: privacyGateFrom(flags),
    ...(model === undefined ? { fit: fitOf(flags) } : {}),
  };
  const options = mergeOptions(flags.gate ? given : omit(given, 'gate'), told);
  const ratio = needed(options.ratio, "required option '--ratio <share>' not specified", 'ratio');
  const from = needed(pathsOf(input, paths), "missing required argument 'input'", 'input');
  return {
    input: from,
    texts: mergeOptions(read ?? {}, readingFrom(flags, from) ?? {}),
    output: needed(
      flags.output ?? output,
      "required option '-o, --output <file>' not specified",
      'output',
    ),
    columns: flags.columns ?? columns,
    write: mergeOptions(write ?? {}, { ...parquetFrom(flags), ...csvFrom(flags) }),
    model,
    options: { ...options, ratio },
  };
}

/** How to train; where rows are translated, the target is the gate's alone. */
function fitOf(flags: AugmentFlags) {
  const { translate, target, ...fit } = fitFrom(flags);
  return { ...fit, target: translate ? undefined : target };
}

/** A saved model runs on onnx alone. */
function checkModelPlace({ engine, device, threads }: AugmentFlags): void {
  if (engine === 'tfjs') {
    throw new InvalidOptionError("--engine tfjs trains, and a saved model runs on 'onnx'");
  }
  checkEngineOptions({ engine: 'onnx', device, threads }, '--');
}

async function augment(
  { input, output, columns, texts, write, options }: Awaited<ReturnType<typeof planJob>>,
  model: Model | undefined,
  context: Context,
  { holdsOut }: { readonly holdsOut: boolean },
) {
  const { console, signal } = context;
  const watching = watchForReport();
  const onFitted = holdsOut ? watching.onFitted : undefined;
  const shown = showProgress(context);
  const real = countRows(noteAugmented(readInput(input, context, { columns, texts }), console));
  let conditions: ConditionReport | undefined;
  let gate: GateVerdict | undefined;
  let ended: StreamEnded | undefined;
  const progress = (event: AugmentEvent) => {
    if (event.type === 'fit-step') shown.onStep(event);
    else if (event.type === 'ended') ended = event;
    else if (event.type === 'rows-learned') shown.note(rowsLearnedInWords(event));
    else if (event.type === 'attacked') shown.note(attackInWords(event));
    else if (event.type === 'gate-started') shown.onPart(gateInWords(event), true);
    else if (event.type === 'gate') {
      const { type: _, ...verdict } = event;
      gate = verdict;
      shown.note(verdictInWords(verdict));
    }
  };
  const notes = trainingNotes(shown);
  const onEvent = (event: TrainingEvent) => {
    notes(event);
    watching.onEvent(event);
  };
  const augmented = augmentWith({ ...defaultDependencies, onFitted }, real.batches, {
    ...options,
    onConditions: (report) => {
      conditions = report;
    },
    progress,
    signal,
    ...(model === undefined
      ? { fit: { ...options.fit, onStep: watching.onStep, onEvent } }
      : { model }),
  });
  const mixed = countRows(augmented, shown.onRows);
  const writing = { ...write, signal, stdout: console.stdout };
  await writeBatches(output, mixed.batches, writing).finally(shown.stop);
  const used = readProvenance(mixed.schema?.metadata ?? new Map()).at(-1);
  const rows = { real: ended?.realRows ?? 0, synthetic: ended?.syntheticRows ?? 0 };
  const id = rows.synthetic > 0 ? used?.model : undefined;
  return { rows, model: id, conditions, gate, fitted: watching.fitted() };
}
