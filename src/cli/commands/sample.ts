import type { RecordBatch } from 'apache-arrow';
import { Command, Option } from 'commander';
import { sampleOptions } from '../../augment/options/sample.js';
import { assertPrivate } from '../../augment/privacy/attack/assert-private.js';
import { counted } from '../../augment/progress/words.js';
import { sampleBatches } from '../../augment/sample-batches.js';
import { translateBatches } from '../../augment/translate-batches.js';
import { devices } from '../../compute/engines/options.js';
import { assertApart } from '../../data/dataset/apart.js';
import { writeBatches } from '../../data/open.js';
import { ungroupSequenceBatches } from '../../data/sequences/ungroup.js';
import { InvalidOptionError } from '../../errors.js';
import type { ConditionReport } from '../../gan/conditions/options.js';
import type { TranslateOption } from '../../gan/families/translate-option.js';
import type { Model } from '../../gan/model/model.js';
import { isTranslating } from '../../gan/sampling/translation.js';
import {
  type ConditionFlags,
  conditionOptions,
  conditionsFrom,
  sayConditions,
} from '../condition-options.js';
import { type Context, say } from '../console.js';
import { countRows } from '../count-rows.js';
import { type CsvFlags, csvFrom, csvOptions } from '../csv-options.js';
import { flagOf } from '../flag.js';
import { readInput } from '../input.js';
import { checkJson, type JsonFlag, jsonOption, writeJson } from '../json-output.js';
import { loadVerified, verifyOption } from '../model-options.js';
import {
  type EngineFlags,
  engineOptions,
  outputOption,
  samplingFrom,
  seedOption,
  translateFrom,
  wholeNumber,
} from '../options.js';
import { checkOutput, nameOutput } from '../output.js';
import { type ParquetFlags, parquetFrom, parquetOptions } from '../parquet-options.js';
import { type PrivacyGateFlags, privacyGateOption } from '../privacy-gate-option.js';
import { showProgress } from '../progress/show.js';
import {
  addShownOptions,
  checkShown,
  isShown,
  type ShownFlags,
  writeShown,
} from '../shown-samples.js';

interface SampleFlags
  extends EngineFlags,
    ParquetFlags,
    CsvFlags,
    ConditionFlags,
    ShownFlags,
    PrivacyGateFlags {
  readonly output?: string;
  readonly rows?: number;
  readonly from?: readonly string[];
  readonly translate?: TranslateOption;
  readonly seed: number;
  readonly partition?: number;
  readonly events?: true;
  readonly json?: JsonFlag;
  readonly verify?: string;
}

export function sampleCommand(context: Context): Command {
  const { console } = context;
  const command = new Command('sample')
    .description('Writes synthetic rows of a saved model, alone.')
    .usage(
      '<model> -n <rows> -o <file> [--from <input>] [--grid <file>] [--animation <file>] [--wav <directory>] [options]',
    )
    .argument('<model>', 'directory of a saved model')
    .option('-n, --rows <n>', 'rows to write; with --from at most', wholeNumber(0))
    .option('--from <input...>', 'real rows, for a model that makes rows from them')
    .addOption(
      new Option(
        '--translate <what>',
        'what it makes anew, where it can do several things',
      ).argParser(translateFrom),
    )
    .addOption(outputOption().makeOptionMandatory(false));
  command.option('--events', 'write a long table: a row for each event of each sequence');
  addShownOptions(command)
    .addOption(seedOption())
    .addOption(flagOf('--partition <n>', sampleOptions.shape.partition, ' (default: 0)'))
    .addOption(verifyOption())
    .addOption(privacyGateOption())
    .addOption(jsonOption());
  for (const option of conditionOptions()) command.addOption(option);
  const places = { engines: ['auto', 'onnx'], devices: devices.onnx };
  for (const option of [...engineOptions(places), ...parquetOptions(), ...csvOptions()]) {
    command.addOption(option);
  }
  return command.action(async (directory: string, flags: SampleFlags) => {
    const { output, grid, animation, wav, seed, json } = flags;
    await checkTargets(context, flags);
    if (output !== undefined) await assertApart([directory, ...(flags.from ?? [])], output);
    const model = await loadVerified(directory, flags.verify);
    assertPrivate(model, flags.privacyAttack);
    const written = flags.from
      ? await writeTranslated(model, flags.from, flags, context)
      : await writeMade(model, { ...flags, rows: rowsOf(flags) }, context);
    const files = { output, grid, animation, wav };
    const summary = { command: 'sample', ...files, model: model.id, seed, ...written };
    await writeJson(console, json, summary);
  });
}

function rowsOf({ rows }: SampleFlags): number {
  if (rows !== undefined) return rows;
  throw new InvalidOptionError(
    "required option '-n, --rows <n>' not specified. Give it, or --from for a model that makes rows " +
      'from real ones',
  );
}

/** Refuses what cannot be written, before any work is done. */
async function checkTargets({ console }: Context, flags: SampleFlags): Promise<void> {
  const { output, from } = flags;
  if (output === undefined && !isShown(flags)) {
    throw new InvalidOptionError(
      'sample needs somewhere to write to. Give -o, --grid, --animation or --wav',
    );
  }
  if (from && (output === undefined || isShown(flags))) {
    throw new InvalidOptionError(
      '--from writes rows: --grid, --animation and --wav are for models that need none. Give -o alone',
    );
  }
  if (from && (flags.where ?? flags.balance) !== undefined) {
    throw new InvalidOptionError(
      '--from says which rows are made anew, so that --where and --balance are of no use. Leave them out',
    );
  }
  if (!from && flags.translate) {
    throw new InvalidOptionError('--translate needs real rows. Give --from FILE');
  }
  if (output !== undefined) checkOutput(console, { ...flags, ...parquetFrom(flags), output });
  await checkJson(flags.json);
  if (!from) await checkShown(flags, rowsOf(flags));
}

/** Rows of a model, and what of them can be looked at or listened to. */
async function writeMade(
  model: Model,
  flags: SampleFlags & { readonly rows: number },
  context: Context,
) {
  const { output, rows, seed, partition } = flags;
  const { console, signal } = context;
  const asked = { rows, seed, partition };
  const options = { ...asked, signal, ...conditionsFrom(flags), ...samplingFrom(flags) };
  for await (const line of writeShown(model, flags, options)) say(console, line);
  const met = output === undefined ? undefined : await writeRows(model, output, flags, context);
  return { rows, ...(met && { conditions: met }) };
}

async function writeTranslated(
  model: Model,
  from: readonly string[],
  flags: SampleFlags,
  context: Context,
) {
  if (!isTranslating(model)) {
    throw new InvalidOptionError(
      `--from is for models that make rows from real ones: ${model.manifest.recipe.name}. Leave it ` +
        'out, and give -n',
    );
  }
  const { rows, seed, translate } = flags;
  const { signal } = context;
  const options = { rows, seed, translate, signal, ...samplingFrom(flags) };
  const source = readInput([...from], context);
  return { rows: await write(translateBatches(model, source, options), flags, context) };
}

async function writeRows(
  model: Model,
  output: string,
  flags: SampleFlags & { readonly rows: number },
  context: Context,
): Promise<ConditionReport | undefined> {
  const { rows, seed, partition } = flags;
  let met: ConditionReport | undefined;
  const onConditions = (report: ConditionReport) => {
    met = report;
  };
  const wanted = { ...conditionsFrom(flags), onConditions };
  const options = {
    rows,
    seed,
    partition,
    signal: context.signal,
    ...wanted,
    ...samplingFrom(flags),
  };
  const sampled = sampleBatches(model, options);
  const made = flags.events ? ungroupSequenceBatches(sampled) : sampled;
  const noun = model.manifest.recipe.family === 'sequence' ? 'sequence' : 'row';
  await write(made, { ...flags, output }, context, { rows, noun });
  if (met) sayConditions(context.console, met);
  return met;
}

/**
 * Writes rows to the output, says how many they were, and gives their number.
 *
 * @param asked What is counted, and how many, where several rows of the output are one.
 */
async function write(
  made: AsyncIterable<RecordBatch>,
  { output = '-', ...flags }: SampleFlags,
  context: Context,
  asked?: { readonly rows: number; readonly noun: string },
): Promise<number> {
  const { console, signal } = context;
  const { onRows, stop } = showProgress(context);
  const counter = countRows(made, onRows);
  const writing = { ...parquetFrom(flags), ...csvFrom(flags), signal, stdout: console.stdout };
  await writeBatches(output, counter.batches, writing).finally(stop);
  const { rows, noun } = asked ?? { rows: counter.rows, noun: 'row' };
  say(console, `wrote ${nameOutput(output)}: ${counted(rows, `synthetic ${noun}`)}`);
  return rows;
}
