/**
 * What our report says of the same rows as SDMetrics' and mostlyai-qa's: penguins, four fifths of them
 * learned by `tabular`: `PYTHON=… npm run bench -- report-peers --steps 1500`, of a Python that has both.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { fitHoldingOut } from '../src/augment/fit-stream.js';
import type { HoldoutSplit } from '../src/augment/fitting/split-holdout.js';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { readParquetBatches } from '../src/data/parquet/read.js';
import { writeParquetFile } from '../src/data/parquet/write.js';
import { evaluate } from '../src/evaluate/evaluate.js';
import { runCommand } from './support/run-command.js';

const peer = fileURLToPath(new URL('peers/other_reports.py', import.meta.url));

/** What the peers say. */
interface Theirs {
  readonly quality: Readonly<Record<string, number>>;
  readonly diagnostic: Readonly<Record<string, number>>;
  readonly mostly: Readonly<
    Record<'accuracy' | 'similarity' | 'distances', Readonly<Record<string, number | null>>>
  >;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { steps: { type: 'string', default: '1500' } } });
  const source = readParquetBatches('fixtures/penguins.parquet');
  let split: HoldoutSplit = { training: [], holdout: [] };
  const fit = { steps: Number(values.steps), seed: 7, progress: false } as const;
  const model = await fitHoldingOut(source, fit, (_, own) => {
    split = own;
  });
  const { training, holdout } = split;
  const rows = training.reduce((sum, { numRows }) => sum + numRows, 0);
  const synthetic: RecordBatch[] = [];
  for await (const batch of sampleBatches(model, { rows, seed: 7 })) synthetic.push(batch);
  const ours = await evaluate([...training], synthetic, { holdout: [...holdout] });
  const theirs = await askPeers([training, synthetic, holdout]);
  if (!theirs) return;
  const { quality, privacy, detection } = ours;
  const { accuracy, similarity, distances } = theirs.mostly;
  const lines: [
    name: string,
    ours: number | null | undefined,
    theirs: number | null | undefined,
  ][] = [
    ['quality score of SDMetrics', quality.sdmetrics.score, theirs.quality.score],
    ['column shapes', quality.sdmetrics.columnShapes, theirs.quality['Column Shapes']],
    ['pair trends', quality.sdmetrics.columnPairTrends, theirs.quality['Column Pair Trends']],
    [
      'data validity: values within the real ones',
      meanOf(quality.columns.map(({ adherence }) => adherence)),
      theirs.diagnostic['Data Validity'],
    ],
    ['accuracy, one column', quality.accuracy.synthetic.univariate, accuracy.univariate],
    ['held out', quality.accuracy.holdout?.univariate, accuracy.univariate_max],
    ['accuracy, two columns', quality.accuracy.synthetic.bivariate, accuracy.bivariate],
    ['held out', quality.accuracy.holdout?.bivariate, accuracy.bivariate_max],
    ['accuracy, three columns', quality.accuracy.synthetic.trivariate, accuracy.trivariate],
    ['held out', quality.accuracy.holdout?.trivariate, accuracy.trivariate_max],
    [
      'AUC of a classifier',
      meanOf(detection.boosting?.auc ?? []),
      similarity.discriminator_auc_training_synthetic,
    ],
    ['closer to a learned row', privacy.distances.holdout?.closerToReal, distances.dcr_share],
    ['identical to a learned row', privacy.newRows.copies / rows, distances.ims_training],
  ];
  console.log('| | here | there |\n|---|---|---|');
  for (const [name, own, other] of lines) {
    console.log(`| ${name} | ${own?.toFixed(3) ?? ''} | ${other?.toFixed(3) ?? ''} |`);
  }
}

const meanOf = (values: readonly (number | null)[]) => {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

/** What the peers say of real, synthetic and held-out rows; undefined, and said, where they are not there. */
async function askPeers(tables: readonly (readonly RecordBatch[])[]): Promise<Theirs | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'report-peers-'));
  try {
    const paths: string[] = [];
    for (const [k, batches] of tables.entries()) {
      const path = join(folder, `${k}.parquet`);
      await writeParquetFile(path, batches);
      paths.push(path);
    }
    const python = process.env.PYTHON ?? 'python3';
    const { status, stdout, stderr } = await runCommand(python, [peer, ...paths]);
    if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Theirs;
    console.error(`the peers were not run: ${stderr.trim().split('\n').at(-1)}`);
    process.exitCode = 1;
    return undefined;
  } finally {
    await rm(folder, { recursive: true });
  }
}
