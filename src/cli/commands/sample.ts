import { Command } from 'commander';
import { drawImages } from '../../augment/draw-images.js';
import type { SampleOptions } from '../../augment/options/sample.js';
import { sampleBatches } from '../../augment/sample-batches.js';
import { devices } from '../../compute/engines/options.js';
import { writeFileWhole } from '../../data/files/atomic.js';
import { encodePng } from '../../data/images/png.js';
import { writeBatches } from '../../data/open.js';
import { writeSoundFiles } from '../../data/sounds/write-files.js';
import { isSoundEncoder } from '../../encode/sound/sound.js';
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
import {
  type EngineFlags,
  engineOptions,
  jsonOption,
  outputOption,
  samplingFrom,
  seedOption,
  wholeNumber,
} from '../options.js';
import { checkOutput, checkPicture, nameOutput } from '../output.js';
import { type ParquetFlags, parquetFrom, parquetOptions } from '../parquet-options.js';
import { counted } from '../plain-text.js';
import { showProgress } from '../progress/show.js';

interface SampleFlags extends EngineFlags, ParquetFlags, ConditionFlags {
  readonly output?: string;
  readonly grid?: string;
  readonly interpolate?: true;
  readonly wav?: string;
  readonly rate?: number;
  readonly rows: number;
  readonly seed: number;
  readonly json?: true;
}

export function sampleCommand(context: Context): Command {
  const { console, signal } = context;
  const command = new Command('sample')
    .description('Writes synthetic rows of a saved model, alone.')
    .usage('<model> -n <rows> -o <file> [--grid <file>] [--wav <directory>] [options]')
    .argument('<model>', 'directory of a saved model')
    .requiredOption('-n, --rows <n>', 'rows to write', wholeNumber(0))
    .addOption(outputOption().makeOptionMandatory(false))
    .option('--grid <file>', 'write the images side by side as a PNG file')
    .option('--interpolate', 'in the grid, let each row walk from one image to another')
    .option('--wav <directory>', 'write the sounds as WAV files')
    .option('--rate <n>', 'samples a second, where the data did not say them', wholeNumber(1))
    .addOption(seedOption())
    .addOption(jsonOption());
  for (const option of conditionOptions()) command.addOption(option);
  const places = { engines: ['auto', 'onnx'], devices: devices.onnx };
  for (const option of [...engineOptions(places), ...parquetOptions()]) command.addOption(option);
  return command.action(async (directory: string, flags: SampleFlags) => {
    const { output, grid, rows, seed, json } = flags;
    await checkTargets(context, flags);
    const model = await loadModel(directory);
    const options = { rows, seed, signal, ...conditionsFrom(flags), ...samplingFrom(flags) };
    if (grid !== undefined) {
      const image = await drawImages(model, { ...options, interpolate: flags.interpolate });
      await writeFileWhole(grid, await encodePng(image));
      say(console, `wrote ${grid}: ${image.width} × ${image.height} pixels`);
    }
    if (flags.wav !== undefined) {
      const { wav, rate } = flags;
      const written = await writeSounds(model, wav, options, rate);
      say(console, `wrote ${wav}: ${counted(written, 'sound')}`);
    }
    const met = output === undefined ? undefined : await writeRows(model, output, flags, context);
    const conditions = met && { conditions: met };
    const summary = { command: 'sample', output, grid, model: model.id, rows, seed, ...conditions };
    if (json) await printJson(console, summary);
  });
}

/** Refuses what cannot be written, before any work is done. */
async function checkTargets({ console }: Context, flags: SampleFlags): Promise<void> {
  const { output, grid, wav, interpolate } = flags;
  if (output === undefined && grid === undefined && wav === undefined) {
    throw new InvalidOptionError('sample needs somewhere to write to. Give -o, --grid or --wav');
  }
  if (interpolate && grid === undefined) {
    throw new InvalidOptionError('--interpolate is for a picture. Give --grid too');
  }
  if (output !== undefined) checkOutput(console, { ...flags, output });
  if (grid === undefined) return;
  if (flags.rows === 0) throw new InvalidOptionError('--grid needs rows: -n 0. Give one at least');
  await checkPicture(grid, '--grid');
}

/** Writes the sounds of synthetic rows, named for their labels if the model has some. */
function writeSounds(
  model: Model,
  directory: string,
  options: SampleOptions,
  rate: number | undefined,
): Promise<number> {
  const column = model.encoders.findIndex(isSoundEncoder);
  if (column < 0) {
    throw new InvalidOptionError(
      `--wav is for models of sounds: ${model.manifest.recipe.name}. Use -o`,
    );
  }
  const { target: label } = model.manifest.training;
  const name = model.schema.fields[column]?.name;
  return writeSoundFiles(directory, sampleBatches(model, options), { column: name, rate, label });
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
  const { batches } = countRows(sampleBatches(model, options), onRows);
  const writing = { ...parquetFrom(flags), signal, stdout: console.stdout };
  await writeBatches(output, batches, writing).finally(stop);
  say(console, `wrote ${nameOutput(output)}: ${counted(rows, 'synthetic row')}`);
  if (met) sayConditions(console, met);
  return met;
}
