import { Command, Option } from 'commander';
import { assertWritable, writeAtomically } from '../../data/atomic.js';
import { evaluate } from '../../evaluate/evaluate.js';
import { type ModelName, modelNames } from '../../evaluate/models/trainers.js';
import { type Context, print, printJson, say } from '../console.js';
import { readInput } from '../input.js';
import { inputDescription, seedOption, wholeNumber } from '../options.js';
import { formatEvaluation } from '../summary/report.js';

interface ReportFlags {
  readonly holdout?: string;
  readonly target?: string;
  readonly model: ModelName;
  readonly rows: number;
  readonly seed: number;
  readonly json?: string | true;
}

export function reportCommand(context: Context): Command {
  const { console, signal } = context;
  const read = (input: string) => readInput([input], context);
  return new Command('report')
    .description('Says how good, how useful and how private synthetic rows are.')
    .usage('<real> <synthetic> [options]')
    .argument('<real>', inputDescription)
    .argument('<synthetic>', 'the same, of synthetic rows alone')
    .option('--holdout <input>', 'real rows that played no part in making them')
    .option('--target <column>', 'column that a model is to predict')
    .addOption(
      new Option('--model <name>', 'what predicts it').choices(modelNames).default('boosting'),
    )
    .addOption(
      new Option('--rows <n>', 'rows to draw of each').argParser(wholeNumber(1)).default(50_000),
    )
    .addOption(seedOption())
    .option('--json [file]', 'print one line of JSON on stdout, or write it to a file')
    .action(async (real: string, synthetic: string, flags: ReportFlags) => {
      const { holdout, target, model, rows, seed, json } = flags;
      if (typeof json === 'string') await assertWritable(json);
      const options = { target, model, rows, seed, signal };
      const report = await evaluate(read(real), read(synthetic), {
        ...options,
        holdout: holdout === undefined ? undefined : read(holdout),
      });
      if (json === true) return printJson(console, report);
      await print(console, formatEvaluation(report));
      if (json === undefined) return;
      await writeAtomically(json, (sink) => sink.write(Buffer.from(`${JSON.stringify(report)}\n`)));
      say(console, `wrote ${json}`);
    });
}
