import { Command } from 'commander';
import { counted } from '../../augment/progress/words.js';
import { sampleBatches } from '../../augment/sample-batches.js';
import { ungroupSequenceBatches } from '../../augment/sequences/ungroup.js';
import { devices } from '../../compute/engines/options.js';
import { writeBatches } from '../../data/open.js';
import { InvalidOptionError } from '../../errors.js';
import type { ConditionReport } from '../../gan/conditions/options.js';
import { loadModel } from '../../gan/model/directory.js';
import type { Model } from '../../gan/model/model.js';
import {
  type ConditionFlags,
  conditionOptions,
  conditionsFrom,
  sayConditions,
} from '../condition-options.js';
import { type Context, printJson, say } from '../console.js';
import { countRows } from '../count-rows.js';
import { type CsvFlags, csvFrom, csvOptions } from '../csv-options.js';
import {
  type EngineFlags,
  engineOptions,
  jsonOption,
  outputOption,
  samplingFrom,
  seedOption,
  wholeNumber,
} from '../options.js';
import { checkOutput, nameOutput } from '../output.js';
import { type ParquetFlags, parquetFrom, parquetOptions } from '../parquet-options.js';
import { showProgress } from '../progress/show.js';
import {
  addShownOptions,
  checkShown,
  isShown,
  type ShownFlags,
  writeShown,
} from '../shown-samples.js';

interface SampleFlags extends EngineFlags, ParquetFlags, CsvFlags, ConditionFlags, ShownFlags {
  readonly output?: string;
  readonly rows: number;
  readonly seed: number;
  readonly events?: true;
  readonly json?: true;
}

export function sampleCommand(context: Context): Command {
  const { console, signal } = context;
  const command = new Command('sample')
    .description('Writes synthetic rows of a saved model, alone.')
    .usage(
      '<model> -n <rows> -o <file> [--grid <file>] [--animation <file>] [--wav <directory>] [options]',
    )
    .argument('<model>', 'directory of a saved model')
    .requiredOption('-n, --rows <n>', 'rows to write', wholeNumber(0))
    .addOption(outputOption().makeOptionMandatory(false));
  command.option('--events', 'write a long table: a row for each event of each sequence');
  addShownOptions(command).addOption(seedOption()).addOption(jsonOption());
  for (const option of conditionOptions()) command.addOption(option);
  const places = { engines: ['auto', 'onnx'], devices: devices.onnx };
  for (const option of [...engineOptions(places), ...parquetOptions(), ...csvOptions()]) {
    command.addOption(option);
  }
  return command.action(async (directory: string, flags: SampleFlags) => {
    const { output, grid, animation, wav, rows, seed, json } = flags;
    await checkTargets(context, flags);
    const model = await loadModel(directory);
    const options = { rows, seed, signal, ...conditionsFrom(flags), ...samplingFrom(flags) };
    for await (const line of writeShown(model, flags, options)) say(console, line);
    const met = output === undefined ? undefined : await writeRows(model, output, flags, context);
    const conditions = met && { conditions: met };
    const files = { output, grid, animation, wav };
    const summary = { command: 'sample', ...files, model: model.id, rows, seed, ...conditions };
    if (json) await printJson(console, summary);
  });
}

/** Refuses what cannot be written, before any work is done. */
async function checkTargets({ console }: Context, flags: SampleFlags): Promise<void> {
  const { output } = flags;
  if (output === undefined && !isShown(flags)) {
    throw new InvalidOptionError(
      'sample needs somewhere to write to. Give -o, --grid, --animation or --wav',
    );
  }
  if (output !== undefined) checkOutput(console, { ...flags, output });
  await checkShown(flags, flags.rows);
}

async function writeRows(
  model: Model,
  output: string,
  flags: SampleFlags,
  context: Context,
): Promise<ConditionReport | undefined> {
  const { console, signal } = context;
  const { rows, seed } = flags;
  const { onRows, stop } = showProgress(context);
  let met: ConditionReport | undefined;
  const onConditions = (report: ConditionReport) => {
    met = report;
  };
  const wanted = { ...conditionsFrom(flags), onConditions };
  const options = { rows, seed, signal, ...wanted, ...samplingFrom(flags) };
  const sampled = sampleBatches(model, options);
  const { batches } = countRows(flags.events ? ungroupSequenceBatches(sampled) : sampled, onRows);
  const writing = { ...parquetFrom(flags), ...csvFrom(flags), signal, stdout: console.stdout };
  await writeBatches(output, batches, writing).finally(stop);
  say(console, `wrote ${nameOutput(output)}: ${counted(rows, 'synthetic row')}`);
  if (met) sayConditions(console, met);
  return met;
}
