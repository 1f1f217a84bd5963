import type { RecordBatch, Schema } from 'apache-arrow';
import { Command, Option } from 'commander';
import { type Provenance, readProvenance } from '../../augment/provenance/provenance.js';
import { assertApart } from '../../data/dataset/apart.js';
import { assertWritable } from '../../data/files/atomic.js';
import { evaluate } from '../../evaluate/evaluate.js';
import { explainModel } from '../../evaluate/explain/explain-model.js';
import { type ModelName, modelNames } from '../../evaluate/models/trainers.js';
import { fairnessOption } from '../../evaluate/utility/measure-lift.js';
import { loadModel } from '../../gan/model/directory.js';
import { reportPage } from '../../report/page.js';
import { version } from '../../version.js';
import { type Context, print } from '../console.js';
import { flagOf } from '../flag.js';
import { readInput } from '../input.js';
import { checkJson, type JsonFlag, jsonOption, writeJson, writeText } from '../json-output.js';
import { inputDescription, seedOption, wholeNumber } from '../options.js';
import { showProgress } from '../progress/show.js';
import { type ReadingFlags, readingFrom, readingOptions } from '../reading-options.js';
import { type SequenceFlags, sequenceFrom, sequenceOptions } from '../sequence-options.js';
import { explanationTables } from '../summary/explanation.js';
import { formatSummary } from '../summary/format.js';
import { privacyInWords } from '../summary/privacy.js';
import { formatEvaluation } from '../summary/report.js';

interface ReportFlags extends ReadingFlags, SequenceFlags {
  readonly holdout?: string;
  readonly target?: string;
  readonly model?: ModelName;
  readonly fairness?: string;
  readonly rows: number;
  readonly seed: number;
  readonly json?: JsonFlag;
  readonly output?: string;
  readonly illustrations: boolean;
  readonly recurrent?: boolean;
  readonly explain?: string;
  readonly translation?: string;
  readonly segmenter?: string;
}

export function reportCommand(context: Context): Command {
  const { console, signal } = context;
  const command = new Command('report')
    .description('Says how good, how useful and how private synthetic rows are.')
    .usage('<real> <synthetic> [options]')
    .argument('<real>', inputDescription)
    .argument('<synthetic>', 'the same, of synthetic rows alone')
    .option('--holdout <input>', 'real rows that played no part in making them')
    .option('--target <column>', 'column that a model is to predict')
    .addOption(
      new Option(
        '--model <name>',
        'what predicts it (default: boosting, or cnn where there are images)',
      ).choices(modelNames),
    )
    .addOption(flagOf('--fairness <column>', fairnessOption))
    .addOption(
      new Option('--rows <n>', 'rows to draw of each').argParser(wholeNumber(1)).default(50_000),
    )
    .addOption(seedOption())
    .option('-o, --output <file>', 'write an HTML page too')
    .option('--explain <model>', 'say too what drives the rows of the saved model that made them')
    .option(
      '--translation <model>',
      'the saved model that made them, if it translates: hold what it makes of held-out rows against their truth',
    )
    .option('--segmenter <model>', 'a saved model that finds labels in what it makes of them')
    .option(
      '--recurrent',
      "judge sequences by TimeGAN's recurrent networks too: that takes minutes",
    )
    .option('--no-illustrations', 'show no rows, of which some are real, and draw no points')
    .addOption(jsonOption());
  for (const option of [...sequenceOptions(), ...readingOptions()]) command.addOption(option);
  return command.action(async (real: string, synthetic: string, flags: ReportFlags) => {
    const { holdout, target, model, fairness, rows, seed, json, output, illustrations, explain } =
      flags;
    const { recurrent } = flags;
    const sequence = sequenceFrom(flags);
    const inputs = [real, synthetic, ...(holdout ? [holdout] : [])];
    const texts = readingFrom(flags, inputs);
    await checkJson(json);
    if (output !== undefined) {
      await assertWritable(output);
      await assertApart(inputs, output);
    }
    // First: a model that cannot be explained is refused before anything is measured.
    const explanation =
      explain === undefined ? undefined : await explainModel(await loadModel(explain), { seed });
    const load = (saved: string | undefined) =>
      saved === undefined ? undefined : loadModel(saved);
    const models = {
      translation: await load(flags.translation),
      segmenter: await load(flags.segmenter),
    };
    const read = (input: string) => readInput([input], context, { texts });
    const progress = showProgress(context);
    const { onPart } = progress;
    let provenance: readonly Provenance[] = [];
    const watched = watchSchema(read(synthetic), ({ metadata }) => {
      provenance = readProvenance(metadata);
    });
    const report = await evaluate(read(real), watched, {
      ...{ target, model, fairness, rows, seed, signal, onPart, illustrations, ...models },
      ...{ sequence, recurrent },
      holdout: holdout === undefined ? undefined : read(holdout),
    }).finally(progress.stop);
    if (json !== true) await print(console, formatEvaluation(report));
    if (json !== true && explanation) {
      await print(console, formatSummary(explanationTables(explanation)));
    }
    if (output !== undefined) {
      const facts = describeRun(real, synthetic, flags, provenance);
      await writeText(console, output, reportPage(report, { facts, explanation }));
    }
    await writeJson(console, json, explanation ? { ...report, explanation } : report);
  });
}

/** Passes batches on, and shows the schema of the first. */
async function* watchSchema(
  batches: AsyncIterable<RecordBatch>,
  onSchema: (schema: Schema) => void,
): AsyncGenerator<RecordBatch, void, undefined> {
  let isFirst = true;
  for await (const batch of batches) {
    if (isFirst) onSchema(batch.schema);
    isFirst = false;
    yield batch;
  }
}

/** What a report is of, in words. */
function describeRun(
  real: string,
  synthetic: string,
  { holdout, target, rows, seed, sequenceBy }: ReportFlags,
  provenance: readonly Provenance[],
): Record<string, string> {
  const made = provenance.map(
    ({ recipe, model, ratio, seed: own, version: by }) =>
      `${recipe ?? 'no model'}${model ? ` ${model.slice(0, 12)}` : ''}, ratio ${JSON.stringify(ratio)}, seed ${own}, gan-augment ${by}`,
  );
  const promised = provenance.flatMap(({ privacy }) => (privacy ? [privacyInWords(privacy)] : []));
  return {
    'real rows': real,
    'synthetic rows': synthetic,
    ...(made.length > 0 ? { 'made by': made.join('; ') } : {}),
    ...(promised.length > 0 ? { 'privacy promised': promised.join('; ') } : {}),
    ...(holdout === undefined ? {} : { 'held-out rows': holdout }),
    ...(target === undefined ? {} : { target }),
    ...(sequenceBy ? { sequences: `the rows of each ${sequenceBy.join(', ')}` } : {}),
    measured: `gan-augment ${version}, seed ${seed}, at most ${rows} rows of each table`,
  };
}
